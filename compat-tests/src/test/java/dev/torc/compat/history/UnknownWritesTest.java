package dev.torc.compat.history;

import dev.torc.cluster.version.Context;
import dev.torc.compat.history.KeyEvent.Read;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a write that nobody acknowledged excuses: what it superseded, as far as it can have, where it stands. */
class UnknownWritesTest extends KeyStory {
  @Test
  void anUnknownWriteWithAContextExcusesWhatItHasSeenAndNothingElse() {
    wrote("a", A, 0, 1);
    unknown(Optional.of("u"), Optional.of(Context.of(sees(A))));
    endsWith(sees(A, C), Map.of(C, "u"));
    passes();
    wrote("b", B, 0, 1);
    version = version.with(B);
    failsWith("an acknowledged write is lost");
  }

  @Test
  void anUnknownBlindWriteThatStandsExcusesWhatIsOlder() {
    wrote("a", A, 0, 1);
    unknown(Optional.of("u"), Optional.empty());
    endsWith(sees(A, B), Map.of(B, "u"));
    passes();
    wrote("c", C, 0, 1);
    version = version.with(C);
    failsWith("an acknowledged write is lost");
  }

  @Test
  void anUnknownBlindWriteThatDoesNotStandExcusesNothing() {
    wrote("a", A, 0, 1);
    unknown(Optional.of("u"), Optional.empty());
    endsWith(sees(A), Map.of());
    failsWith("an acknowledged write is lost");
  }

  @Test
  void anUnknownBlindWriteExcusesWhatIsMissingInAReadThatShowsIt() {
    wrote("a", A, 0, 1);
    unknown(Optional.of("u"), Optional.empty());
    read(4, 5, sees(A, B), "u");
    endsWith(sees(A, B), Map.of(B, "u"));
    passes();
  }

  @Test
  void anUnknownBlindWriteThatAReadDoesNotShowExcusesNothing() {
    wrote("a", A, 0, 1);
    wrote("b", B, 0, 1);
    unknown(Optional.of("u"), Optional.empty());
    read(4, 5, sees(A, B), "b");
    endsWith(sees(A, B), Map.of(A, "a", B, "b"));
    failsWith("a sibling is missing");
  }

  @Test
  void anUnknownWriteWithAContextThatAReadDoesNotShowExcusesNothing() {
    wrote("a", A, 0, 1);
    wrote("b", B, 0, 1);
    unknown(Optional.of("u"), Optional.of(Context.of(sees(A))));
    read(4, 5, sees(A, B), "b");
    endsWith(sees(A, B), Map.of(A, "a", B, "b"));
    failsWith("a sibling is missing");
  }

  @Test
  void anUnknownWriteThatHasNotSeenAWriteDoesNotExcuseThatAReadThatShowsItLacksIt() {
    wrote("a", A, 0, 1);
    unknown(Optional.of("u"), Optional.of(Context.NOTHING));
    read(4, 5, sees(A, B), "u");
    endsWith(sees(A, B), Map.of(A, "a", B, "u"));
    failsWith("a sibling is missing");
  }

  @Test
  void anUnknownDeletionExcusesWhatIsMissingWhereNothingIsShownAtAll() {
    wrote("a", A, 0, 1);
    unknown(Optional.empty(), Optional.empty());
    read(4, 5, sees(A, B));
    endsWithDeletion(sees(A, B), B);
    passes();
  }

  @Test
  void anUnknownDeletionExcusesWhatIsMissingWhereADeletionIsShownBesideOtherValues() {
    wrote("a", A, 0, 1);
    wrote("b", B, 0, 1);
    unknown(Optional.empty(), Optional.empty());
    events.add(new Read(1, Level.QUORUM, 4, 5, Context.of(sees(B, C)), List.of(Optional.of("b"), Optional.empty())));
    endsWith(sees(B, C), Map.of(B, "b"));
    endsWithDeletion(sees(B, C), C);
    passes();
  }

  @Test
  void anUnknownDeletionThatAReadDoesNotShowBesideOtherValuesExcusesNothing() {
    wrote("a", A, 0, 1);
    wrote("b", B, 0, 1);
    unknown(Optional.empty(), Optional.empty());
    read(4, 5, sees(A, B), "b");
    endsWith(sees(A, B), Map.of(A, "a", B, "b"));
    failsWith("a sibling is missing");
  }

  @Test
  void anUnknownWriteWithAContextThatDoesNotStandExcusesNothingInTheEnd() {
    wrote("a", A, 0, 1);
    unknown(Optional.of("u"), Optional.of(Context.of(sees(A))));
    endsWith(sees(A), Map.of());
    failsWith("an acknowledged write is lost");
  }
}
