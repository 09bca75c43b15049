import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads keys, sends GETs and SETs to the first two of three nodes at a steady rate, has the third started again, then again without its disk, and goes on until that has caught up. A request counts from when it was due, so that none
 * is left out while another is late. Run by repair.sh: client ports, keys, bytes of a value, requests a second, seconds of the phase before, seconds that the repair may take, and two pipes: to say when the
 * third node may go, and to hear that it is back.
 */
public class RepairLatency {
  private static final int BATCH = 100;
  private static volatile boolean over;

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

    /** An answer that is no error: a value, or nothing. */
    String expect() throws IOException {
      String line = line();
      if (line.startsWith("-")) {
        throw new IOException(line);
      }
      if (!line.startsWith("$") || line.equals("$-1")) {
        return "";
      }
      int length = Integer.parseInt(line.substring(1));
      var value = new String(in.readNBytes(length), StandardCharsets.US_ASCII);
      in.skipNBytes(2);
      return value;
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

  private static void load(int[] ports, int keys, String value, int part) {
    try (var connection = new Connection(ports[part])) {
      for (int i = part; i < keys;) {
        var batch = new StringBuilder();
        int sent = 0;
        for (; sent < BATCH && i < keys; sent++, i += ports.length) {
          batch.append(command("SET", "key:" + i, value));
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

  private static List<Request> measure(int port, int perSecond, int keys, String value, int seed) {
    var done = new ArrayList<Request>();
    try (var connection = new Connection(port)) {
      long every = 1_000_000_000L / perSecond;
      int number = seed;
      for (long due = System.nanoTime(); !over; due += every, number++) {
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        boolean set = number % 2 == 0;
        String key = "key:" + (number * 7919L) % keys;
        connection.send(set ? command("SET", key, value) : command("GET", key));
        connection.expect();
        done.add(new Request(set, due, System.nanoTime() - due));
      }
      return done;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** What the node says of catching up; empty while it does not answer. */
  private static String catchingUp(int port) {
    try (var connection = new Connection(port)) {
      connection.send(command("INFO", "torc"));
      return connection.expect().lines().filter(line -> line.startsWith("catching_up:")).findFirst().orElse("").substring("catching_up:".length()).strip();
    } catch (IOException | StringIndexOutOfBoundsException notThere) {
      return "";
    }
  }

  /** When the node first said, or no longer said, that it catches up. */
  private static long awaitNanos(int port, boolean catchesUp, long untilNanos) throws InterruptedException {
    for (String said = catchingUp(port); said.isEmpty() || said.equals("no") == catchesUp; said = catchingUp(port)) {
      if (System.nanoTime() > untilNanos) {
        throw new IllegalStateException("the node on port " + port + " says of catching up: " + said);
      }
      Thread.sleep(100);
    }
    return System.nanoTime();
  }

  private static Thread[] inParallel(int parts, java.util.function.IntConsumer work) {
    var threads = new Thread[parts];
    for (int i = 0; i < parts; i++) {
      int part = i;
      threads[i] = new Thread(() -> work.accept(part));
      threads[i].setUncaughtExceptionHandler((thread, failed) -> {
        failed.printStackTrace();
        System.exit(1);
      });
      threads[i].start();
    }
    return threads;
  }

  private static void join(Thread[] threads) throws InterruptedException {
    for (var thread : threads) {
      thread.join();
    }
  }

  public static void main(String[] arguments) throws Exception {
    int[] ports = Arrays.stream(arguments[0].split(",")).mapToInt(Integer::parseInt).toArray();
    int keys = Integer.parseInt(arguments[1]);
    String value = "x".repeat(Integer.parseInt(arguments[2]));
    int rate = Integer.parseInt(arguments[3]);
    long phaseMillis = 1_000L * Integer.parseInt(arguments[4]);
    long repairNanos = 1_000_000_000L * Integer.parseInt(arguments[5]);
    long begin = System.nanoTime();
    join(inParallel(ports.length, part -> load(ports, keys, value, part)));
    System.out.printf("loaded %d keys in %.0f s%n", keys, (System.nanoTime() - begin) / 1e9);
    var all = new ArrayList<Request>();
    var load = inParallel(2, part -> {
      var done = measure(ports[part], rate / 2, keys, value, part);
      synchronized (all) {
        all.addAll(done);
      }
    });
    Thread.sleep(phaseMillis);
    long from = System.nanoTime();
    Thread.sleep(phaseMillis);
    long killed = restart(arguments);
    long back = awaitNanos(ports[2], false, killed + repairNanos);
    Thread.sleep(phaseMillis);
    long wiped = restart(arguments);
    long started = awaitNanos(ports[2], true, wiped + repairNanos);
    long whole = awaitNanos(ports[2], false, started + repairNanos);
    Thread.sleep(phaseMillis);
    over = true;
    join(load);
    System.out.printf("the node had everything again %.1f s after it was started%n", (whole - started) / 1e9);
    double[] before = report(all, "before", from, killed);
    double[] restarted = report(all, "restarted", back, wiped);
    double[] during = report(all, "repair", started, whole);
    report(all, "after", whole, whole + phaseMillis * 1_000_000);
    System.out.printf("p99 of the repair beside before: GET %.2f, SET %.2f; beside a mere restart: GET %.2f, SET %.2f%n", during[0] / before[0], during[1] / before[1],
        during[0] / restarted[0], during[1] / restarted[1]);
  }

  /** Has the third node killed and started again. When it was killed. */
  private static long restart(String[] arguments) throws IOException {
    long killed = System.nanoTime();
    Files.writeString(Path.of(arguments[6]), "now\n");
    Files.readString(Path.of(arguments[7]));
    return killed;
  }

  /** The p99 of GET and of SET, in milliseconds. */
  private static double[] report(List<Request> all, String name, long from, long until) {
    var p99 = new double[2];
    for (int i = 0; i < 2; i++) {
      boolean set = i == 1;
      long[] took = all.stream().filter(request -> request.set() == set && request.dueNanos() >= from && request.dueNanos() < until)
          .mapToLong(Request::tookNanos).sorted().toArray();
      p99[i] = took.length == 0 ? Double.NaN : took[took.length * 99 / 100] / 1e6;
      System.out.printf("%-9s %s  %6d requests  p50 %7.3f ms  p99 %8.3f ms  max %8.3f ms%n", name, set ? "SET" : "GET", took.length,
          took.length == 0 ? 0 : took[took.length / 2] / 1e6, p99[i], took.length == 0 ? 0 : took[took.length - 1] / 1e6);
    }
    return p99;
  }
}
