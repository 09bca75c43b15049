/** Code that breaks each law of the architecture once, so that no law can decay into one that nothing breaks. Nothing runs it. */
package dev.torc.losing;
