/*
 * A long line between two network interfaces: every frame that comes in at one leaves at the other, later.
 *
 *   line IF_A IF_B DELAY_MS JITTER_MS DUPLICATED_PERCENT SEED
 *
 * Each frame is late by DELAY_MS and a random part of JITTER_MS, so that frames overtake each other; some come twice. Prints a line
 * when it works, and ends at the end of its input. The virtio header that goes with each frame carries unfinished checksums and segments along.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LONGEST (1 << 17)
#define MOST_FRAMES 20000

struct frame {
  struct frame *next, *previous;
  long long due;
  int out;
  ssize_t size;
  char bytes[];
};

static struct frame *first, *last;
static int frames, delay_ms, jitter_ms, duplicated_percent;

static long long now_micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static int attach(const char *name) {
  int on = 1, fd = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
  struct sockaddr_ll at = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = if_nametoindex(name)};
  struct packet_mreq all = {.mr_ifindex = at.sll_ifindex, .mr_type = PACKET_MR_PROMISC};
  if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof on) || bind(fd, (struct sockaddr *)&at, sizeof at)
      || setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &all, sizeof all)) {
    perror(name);
    exit(1);
  }
  return fd;
}

/* Sorted by when they are due; the latest are at the end, where a new one most likely belongs. */
static void keep(const char *bytes, ssize_t size, int out) {
  if (frames >= MOST_FRAMES) return;
  struct frame *frame = malloc(sizeof *frame + size);
  if (!frame) return;
  frame->due = now_micros() + delay_ms * 1000LL + (jitter_ms ? random() % (jitter_ms * 1000LL) : 0);
  frame->out = out;
  frame->size = size;
  memcpy(frame->bytes, bytes, size);
  struct frame *before = last;
  while (before && before->due > frame->due) before = before->previous;
  frame->previous = before;
  frame->next = before ? before->next : first;
  *(before ? &before->next : &first) = frame;
  *(frame->next ? &frame->next->previous : &last) = frame;
  frames++;
}

static void send_due(void) {
  while (first && first->due <= now_micros()) {
    struct frame *frame = first;
    first = frame->next;
    *(first ? &first->previous : &last) = NULL;
    frames--;
    /* A frame that does not fit into the other's queue is lost, as on any line. */
    if (send(frame->out, frame->bytes, frame->size, MSG_DONTWAIT) < 0 && errno == ENXIO) exit(0);
    free(frame);
  }
}

static void receive(int in, int out) {
  static char bytes[LONGEST];
  struct sockaddr_ll from;
  for (;;) {
    socklen_t length = sizeof from;
    ssize_t size = recvfrom(in, bytes, sizeof bytes, MSG_DONTWAIT, (struct sockaddr *)&from, &length);
    if (size < 0) return;
    if (from.sll_pkttype == PACKET_OUTGOING) continue;
    keep(bytes, size, out);
    if (random() % 100 < duplicated_percent) keep(bytes, size, out);
  }
}

int main(int count, char **words) {
  if (count != 7) return 2;
  delay_ms = atoi(words[3]);
  jitter_ms = atoi(words[4]);
  duplicated_percent = atoi(words[5]);
  srandom(atoi(words[6]));
  int a = attach(words[1]), b = attach(words[2]);
  struct pollfd ready[] = {{a, POLLIN, 0}, {b, POLLIN, 0}, {0, POLLIN, 0}};
  puts("works");
  fflush(stdout);
  for (;;) {
    long long wait = first ? first->due - now_micros() : 1000000;
    struct timespec limit = {wait < 0 ? 0 : wait / 1000000, wait < 0 ? 0 : wait % 1000000 * 1000};
    if (ppoll(ready, 3, &limit, NULL) < 0 && errno != EINTR) return 1;
    if (ready[2].revents) return 0;
    if (ready[0].revents) receive(a, b);
    if (ready[1].revents) receive(b, a);
    send_due();
  }
}
