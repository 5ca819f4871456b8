package dev.tidings.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartAdviceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    FATAL:  could not write to file "pg_wal/xlogtemp.9": No space left on device     | DISK_FULL
                    unshare: unshare failed: Operation not permitted                                 | ROOT
                    Cannot run program "unshare": error=2, No such file or directory                 | ROOT
                    initdb: error: cannot be run as root                                             | ROOT
                    initdb: error: could not look up effective user ID 4711: user does not exist     | NAMELESS_USER
                    FATAL:  database files are incompatible with server                              | OTHER_VERSION
                    FATAL:  could not open file "global/pg_control": Permission denied               | NO_PERMISSION
                    LOG:  could not bind IPv4 address "127.0.0.1": Address already in use            | PORT_TAKEN
                    FATAL:  could not load library "libicu"                                          | NONE
                    """)
    void namesTheCauseInWhatWasSaid(String said, StartAdvice advice) {
        assertThat(StartAdvice.on(said)).isEqualTo(advice);
    }

    @Test
    void saysNothingWhenItKnowsNothing() {
        assertThat(StartAdvice.NONE.text()).isEmpty();
    }
}
