package dev.torc.compat.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.cluster.check.Call;
import dev.torc.cluster.check.Linearizability;
import dev.torc.cluster.check.RegisterModel;
import dev.torc.cluster.check.RegisterOp;
import dev.torc.cluster.check.RegisterResult;
import dev.torc.cluster.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What many clients asked of many keys and were answered, on the clock of this process. */
public final class History {
  private final Map<String, ConcurrentLinkedQueue<Call<RegisterOp, RegisterResult>>> calls = new ConcurrentHashMap<>();

  public void known(int client, String key, RegisterOp asked, RegisterResult answered, long invoked, long returned) {
    add(key, Call.known(client, asked, answered, invoked, returned));
  }

  /** It may have taken effect at any time from then on, or may yet. */
  public void unknown(int client, String key, RegisterOp asked, long invoked) {
    add(key, Call.unknown(client, asked, invoked));
  }

  private void add(String key, Call<RegisterOp, RegisterResult> call) {
    calls.computeIfAbsent(key, unseen -> new ConcurrentLinkedQueue<>()).add(call);
  }

  public List<Call<RegisterOp, RegisterResult>> of(String key) {
    return new ArrayList<>(calls.getOrDefault(key, new ConcurrentLinkedQueue<>()));
  }

  public List<String> keys() {
    return calls.keySet().stream().sorted().toList();
  }

  public int size(String key) {
    var of = calls.get(key);
    return of == null ? 0 : of.size();
  }

  /** There is an order of the calls on each key that explains every answer. */
  public void assertLinearizable() {
    assertThat(calls).isNotEmpty();
    calls.keySet().stream().sorted().forEach(key -> {
      var verdict = Linearizability.check(new RegisterModel(), of(key));
      assertThat(verdict).as(key + ": " + verdict).isInstanceOf(Verdict.Linearizable.class);
    });
  }
}
