package dev.torc.protocol.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.torc.protocol.Bytes;
import dev.torc.protocol.resp.RespBuffer;
import dev.torc.protocol.resp.RespEncoder;
import dev.torc.protocol.resp.RespValue;
import dev.torc.protocol.resp.RespVersion;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandRepliesTest {
  private static RespValue answer(String line) {
    var command = new CommandParser().parse(Arrays.stream(line.split(" ")).map(Bytes::of).toList());
    return CommandReplies.reply((TableCommand) command);
  }

  private static String encoded(String line) {
    var out = new RespBuffer();
    RespEncoder.encode(answer(line), RespVersion.RESP3, out);
    return new String(out.take(), StandardCharsets.UTF_8).replace("\r\n", " ").trim();
  }

  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"COMMAND GETKEYS GET a;*1 $1 a", "COMMAND GETKEYS MSET a 1 b 2;*2 $1 a $1 b",
      "COMMAND GETKEYS MEMORY USAGE a;*1 $1 a", "COMMAND GETKEYS FOO a;-ERR Invalid command specified",
      "COMMAND GETKEYS PING a;-ERR The command has no key arguments",
      "COMMAND GETKEYS MSET a;-ERR Invalid number of arguments specified for command",
      "COMMAND LIST FILTERBY MODULE x;*0", "COMMAND LIST FILTERBY PATTERN KV.S[IC]*;*2 $7 kv.size $7 kv.scan",
      "COMMAND GETKEYS RENAME a b;*2 $1 a $1 b", "COMMAND GETKEYS KV.MGET 2 a b LEVEL one;*2 $1 a $1 b",
      "COMMAND GETKEYS KV.MSET 2 a 1 b 2 W 1;*2 $1 a $1 b",
      "COMMAND GETKEYS KV.MGET 3 a b;-ERR Invalid arguments specified for command",
      "COMMAND GETKEYS KV.MGET x a;-ERR Invalid arguments specified for command",
      "COMMAND LIST FILTERBY ACLCAT scripting;*1 $14 function|flush", "COMMAND INFO nope;*1 _", "COMMAND DOCS nope;%0"})
  void theFamilyAnswersAsRedisDoes(String line, String reply) {
    assertThat(encoded(line)).isEqualTo(reply);
  }

  @Test
  void aRowIsToldInTenEntries() {
    assertThat(encoded("COMMAND INFO get")).isEqualTo("*1 *10 $3 get :2 ~2 +readonly +fast :1 :1 :1 "
        + "~3 +@string +@read +@fast *0 ~1 %3 $5 flags ~2 +RO +ACCESS $12 begin_search %2 $4 type $5 index $4 spec %1 "
        + "$5 index :1 $9 find_keys %2 $4 type $5 range $4 spec %3 $7 lastkey :0 $7 keystep :1 $5 limit :0 *0");
  }

  @Test
  void keysThatAreCountedAreToldByTheirCount() {
    assertThat(encoded("COMMAND INFO kv.mset")).contains(":-4 ~3 +write +denyoom +movablekeys :0 :0 :0 ")
        .contains("$12 begin_search %2 $4 type $5 index $4 spec %1 $5 index :1 $9 find_keys %2 $4 type $6 keynum "
            + "$4 spec %3 $9 keynumidx :0 $8 firstkey :1 $7 keystep :2");
  }

  @Test
  void aRowTellsWhatBecomesOfItsKeys() {
    assertThat(encoded("COMMAND INFO set")).contains("+OW +UPDATE");
    assertThat(encoded("COMMAND INFO incr")).contains("+RW +UPDATE");
    assertThat(encoded("COMMAND INFO delex")).contains("+RM +DELETE");
  }

  @Test
  void theDocumentationTellsTheArguments() {
    assertThat(encoded("COMMAND DOCS mget")).contains("$9 arguments *1 %5 $4 name $3 key $4 type $3 key")
        .contains("$5 flags *1 +multiple");
    assertThat(encoded("COMMAND DOCS set")).contains("$5 token $2 EX").contains("$5 oneof").contains("$10 pure-token");
    assertThat(encoded("COMMAND DOCS config")).contains("$11 subcommands %5 $10 config|get");
  }

  @Test
  void commandListsTheExtensionsAndCountsWhatItLists() {
    assertThat(encoded("COMMAND")).startsWith("*" + CommandTable.commands().size() + " ").contains("kv.scan");
    assertThat(answer("COMMAND COUNT")).isEqualTo(RespValue.integer(CommandTable.commands().size()));
  }

  @Test
  void everyGrammarCanBeRead() {
    for (var spec : CommandTable.withSubcommands()) {
      assertThat(ArgumentGrammar.parse(spec.grammar()).isEmpty()).as(spec.name()).isEqualTo(spec.grammar().isEmpty());
    }
  }
}
