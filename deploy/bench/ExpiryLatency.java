import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads keys that expire at one moment, and sends GETs and SETs at a steady rate before it, after it while the keys are reclaimed, and later. A request
 * counts from when it was due, so that none is left out while another is late. Run by expiry.sh: host ports, keys, requests a second, seconds of each phase.
 */
public class ExpiryLatency {
  private static final int BATCH = 100;
  private static final int OTHER_KEYS = 10_000;

  private record Request(boolean set, long dueNanos, long tookNanos) {}

  private static final class Connection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      socket.setTcpNoDelay(true);
      in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      out = socket.getOutputStream();
    }

    void send(String commands) throws IOException {
      out.write(commands.getBytes(StandardCharsets.US_ASCII));
    }

    String line() throws IOException {
      var line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new IOException("closed");
        }
        line.append((char) next);
      }
      return line.toString().strip();
    }

    /** An answer that is no error. */
    void expect() throws IOException {
      String line = line();
      if (line.startsWith("-")) {
        throw new IOException(line);
      }
      if (line.startsWith("$") && !line.equals("$-1")) {
        line();
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static String command(String... words) {
    var out = new StringBuilder("*" + words.length + "\r\n");
    for (var word : words) {
      out.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return out.toString();
  }

  private static void load(int[] ports, int keys, long atSeconds, int part) {
    try (var connection = new Connection(ports[part])) {
      String at = Long.toString(atSeconds);
      for (int i = part; i < keys;) {
        var batch = new StringBuilder();
        int sent = 0;
        for (; sent < BATCH && i < keys; sent++, i += ports.length) {
          batch.append(command("SET", "expiring:" + i, "x".repeat(100), "EXAT", at));
        }
        connection.send(batch.toString());
        for (; sent > 0; sent--) {
          connection.expect();
        }
      }
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static List<Request> measure(int port, int perSecond, long endNanos, int seed) {
    var done = new ArrayList<Request>();
    try (var connection = new Connection(port)) {
      long every = 1_000_000_000L / perSecond;
      int number = seed;
      for (long due = System.nanoTime(); due < endNanos; due += every, number++) {
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        boolean set = number % 2 == 0;
        String key = "other:" + (number * 7919L) % OTHER_KEYS;
        connection.send(set ? command("SET", key, "y".repeat(100)) : command("GET", key));
        connection.expect();
        done.add(new Request(set, due, System.nanoTime() - due));
      }
      return done;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void inParallel(int parts, java.util.function.IntConsumer work) throws InterruptedException {
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < parts; i++) {
      int part = i;
      var thread = new Thread(() -> work.accept(part));
      thread.start();
      threads.add(thread);
    }
    for (var thread : threads) {
      thread.join();
    }
  }

  public static void main(String[] arguments) throws Exception {
    int[] ports = Arrays.stream(arguments[0].split(",")).mapToInt(Integer::parseInt).toArray();
    int keys = Integer.parseInt(arguments[1]);
    int rate = Integer.parseInt(arguments[2]);
    int seconds = Integer.parseInt(arguments[3]);
    int loadSeconds = Integer.parseInt(arguments[4]);
    long atSeconds = System.currentTimeMillis() / 1_000 + loadSeconds + seconds;
    long begin = System.nanoTime();
    inParallel(ports.length, part -> load(ports, keys, atSeconds, part));
    System.out.printf("loaded %d keys in %.0f s%n", keys, (System.nanoTime() - begin) / 1e9);
    long atNanos = System.nanoTime() + atSeconds * 1_000_000_000L - System.currentTimeMillis() * 1_000_000L;
    if (atNanos - System.nanoTime() < seconds * 500_000_000L) {
      throw new IllegalStateException("the load took too long for LOAD_SECONDS = " + loadSeconds);
    }
    var all = new ArrayList<Request>();
    inParallel(ports.length, part -> {
      var done = measure(ports[part], rate / ports.length, atNanos + 3L * seconds * 1_000_000_000L, part);
      synchronized (all) {
        all.addAll(done);
      }
    });
    double before = report(all, "before", Long.MIN_VALUE, atNanos);
    for (int phase = 0; phase < 3; phase++) {
      String name = phase * seconds + " to " + (phase + 1) * seconds + " s after";
      double after = report(all, name, atNanos + phase * seconds * 1_000_000_000L, atNanos + (phase + 1L) * seconds * 1_000_000_000L);
      System.out.printf("%-20s p99 is %.2f times that before%n", name, after / before);
    }
  }

  /** The greater p99 of the two, in milliseconds. */
  private static double report(List<Request> all, String name, long from, long until) {
    double worst = 0;
    for (boolean set : new boolean[] {false, true}) {
      long[] took = all.stream().filter(request -> request.set() == set && request.dueNanos() >= from && request.dueNanos() < until)
          .mapToLong(Request::tookNanos).sorted().toArray();
      double p99 = took[took.length * 99 / 100] / 1e6;
      System.out.printf("%-20s %s  %6d requests  p50 %7.3f ms  p99 %8.3f ms  max %8.3f ms%n", name, set ? "SET" : "GET",
          took.length, took[took.length / 2] / 1e6, p99, took[took.length - 1] / 1e6);
      worst = Math.max(worst, p99);
    }
    return worst;
  }
}
