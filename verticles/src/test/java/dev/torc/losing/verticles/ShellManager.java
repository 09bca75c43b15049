package dev.torc.losing.verticles;

final class ShellManager {}
