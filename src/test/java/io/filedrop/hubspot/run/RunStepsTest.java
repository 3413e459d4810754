package io.filedrop.hubspot.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a run ends, and what becomes of one that failed for something that is nobody's record. */
class RunStepsTest {

    @TempDir Path directory;

    /** What a listener heard. */
    private final List<String> heard = new ArrayList<>();

    private final Stopping stopping = new Stopping(null);
    private InDoubt inDoubt;
    private ClaimedRun program;
    private RunSteps steps;

    @BeforeEach
    void open() {
        use(ClaimedRun.passing(directory));
    }

    private void use(ClaimedRun claimed) {
        program = claimed;
        inDoubt = new InDoubt(directory, program.files, Duration.ZERO, System::nanoTime);
        steps =
                new RunSteps(
                        program.runs,
                        program.turns,
                        new Accounts(program.files, this::copy, Clock.systemUTC(), "test"),
                        null,
                        new Progress(program.settings),
                        stopping,
                        Drops.lease(program.settings),
                        null,
                        inDoubt,
                        List.of(
                                new RunListener() {
                                    @Override
                                    public void setBack(String run) {
                                        heard.add("set back " + run);
                                    }

                                    @Override
                                    public void reported(Run run, Report report) {
                                        heard.add("reported " + run.id());
                                    }
                                }));
    }

    private void copy(Path file, LongPredicate wanted, OutputStream out) throws IOException {
        Files.copy(file, out);
    }

    /** A run of a mapping that has not fitted must not be sent without one, by its header. */
    @Test
    void refusesAFileAlsoWhenTheProgramEndsBehindTheFirstWordOfThat() throws Exception {
        Path folder = program.claim("a.csv", "id,hs_price\n1,2\n");
        try (Run run = program.runs.open(folder)) {
            steps.refuse(run, () -> Reason.of(Code.SEVERAL_MAPPINGS, "two are for it"));
        }
        Path journal = folder.resolve(Journal.FILE_NAME);
        Files.write(journal, Files.readAllLines(journal).subList(0, 2));

        try (Run run = program.runs.open(folder)) {
            assertThat(run.isThrough()).isTrue();
            Account account = steps.account(run);
            assertThat(account.report().status()).isEqualTo(Report.Status.REFUSED);
            assertThat(account.report().codes()).containsExactly("SEVERAL_MAPPINGS");
            assertThat(folder.resolve(".report.json"))
                    .content()
                    .containsPattern("\"sha256\" : \"[0-9a-f]{64}\"");
        }
    }

    private void setBack(Run run) {
        setBack(run, new IOException("no space left"));
    }

    private void setBack(Run run, Throwable fault) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty("run", run);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, fault);
        stopping.watch(run);
        steps.setBack(exchange);
        assertThat(heard).containsExactly("set back " + run.id());
    }

    /** The claim may still be undone: to begin with it would be in vain. */
    @Test
    void givesNoFileItsTurnWhileItIsClaimed() throws Exception {
        List<Boolean> turns = new ArrayList<>();
        DurableFiles disk =
                new DurableFiles(program.settings.permissions()) {
                    @Override
                    void permit(Path file) throws IOException {
                        if (file.endsWith("a.csv")) {
                            turns.add(steps.isTurn(file.toFile()));
                        }
                        super.permit(file);
                    }
                };
        use(new ClaimedRun(program.settings, Map.of(), disk));
        Path folder = program.claim("a.csv", "id\n");

        assertThat(turns).containsExactly(false);
        assertThat(steps.isTurn(folder.resolve("a.csv").toFile())).isTrue();
    }

    @Test
    void saysNothingOfAClaimWhoseFileIsGone() throws Exception {
        Path folder = program.claim("a.csv", "id\n");
        File gone = folder.resolve("a.csv").toFile();
        Files.delete(gone.toPath());
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Throwable fault = catchThrowable(() -> steps.open(gone, exchange));
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, fault);

        steps.setBack(exchange);

        assertThat(heard).isEmpty();
        assertThat(program.turns.gone()).isEmpty();
    }

    /** Or what lies there instead would have its turn again and again, and no other file any. */
    @Test
    void needsAPersonForAClaimWhoseFileSomebodyRenamed() throws Exception {
        Path folder = program.claim("a.csv", "id\n");
        Path second = program.claim("b.csv", "id\n");
        File other = Files.move(folder.resolve("a.csv"), folder.resolve("old.csv")).toFile();
        assertThat(steps.isTurn(other)).isTrue();
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Throwable fault = catchThrowable(() -> steps.open(other, exchange));
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, fault);

        steps.setBack(exchange);

        assertThat(fault).hasMessageContaining("a.csv is gone");
        assertThat(program.turns.setAside()).containsOnlyKeys(folder);
        assertThat(steps.isTurn(other)).isFalse();
        assertThat(program.turns.isTurn(second)).isTrue();
    }

    /** It is a file of the inbox again, and no run that failed. */
    @Test
    void saysNothingOfAFileThatGoesBackToTheInbox() throws Exception {
        Path folder = program.claim("a.csv", "id\n");
        Path second = program.claim("b.csv", "id\n");
        program.turns.await(folder, Duration.ZERO);
        Files.writeString(folder.resolve("a.csv"), "id\n1\n");
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        Throwable fault =
                catchThrowable(() -> steps.open(folder.resolve("a.csv").toFile(), exchange));
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, fault);

        steps.setBack(exchange);

        assertThat(fault).isInstanceOf(GivenBack.class);
        assertThat(heard).isEmpty();
        assertThat(program.settings.folders().inbox().resolve("a.csv")).exists();
        assertThat(program.turns.gone()).isEmpty();
        assertThat(program.turns.isTurn(second)).isTrue();
    }

    /** Its rows may be those of any listing. */
    @Test
    void letsNoFilePassARunWhoseRowsNobodyHasSeen() throws Exception {
        Path first = program.claim("a.csv", "id\n");
        Path second = program.claim("b.csv", "id\n");
        setBack(program.runs.open(first));

        assertThat(program.turns.isTurn(first)).isFalse();
        assertThat(program.turns.isTurn(second)).isFalse();
    }

    @Test
    void letsFilesPassARunThatOnlyHasToBeHandedOut() throws Exception {
        Path first = program.claim("a.csv", "id\n");
        Path second = program.claim("b.csv", "id\n");
        Run run = program.runs.open(first);
        program.runs.begin(run, "", "");
        program.runs.through(run, 0);
        setBack(run);

        assertThat(program.turns.isTurn(first)).isFalse();
        assertThat(program.turns.isTurn(second)).isTrue();
    }

    /** A run of one row, and as many as it says it read. */
    private Path through(long rows) throws IOException {
        Path folder = program.claim("a.csv", "id\n1\n2\n");
        try (Run run = program.runs.open(folder)) {
            program.runs.begin(run, "", "");
            run.settle(List.of(Outcome.unchanged(new Position(0, "2"), "1")));
            program.runs.through(run, rows);
        }
        return folder;
    }

    /** Too little memory to give its failed rows back, say. */
    @Test
    void needsAPersonForAnAccountThatEndsTheProgramAgainAndAgain() throws Exception {
        Path first = through(1);
        Path second = program.claim("b.csv", "id\n");
        Files.writeString(first.resolve(".open"), "3 1\n");

        Run again = program.runs.open(first);
        Throwable fault = catchThrowable(() -> steps.account(again));
        assertThat(fault).hasMessageContaining("ended 3 times in a row while it worked on a.csv");
        setBack(again, fault);

        assertThat(program.turns.setAside()).containsOnlyKeys(first);
        assertThat(program.turns.isTurn(second)).isTrue();
    }

    @Test
    void countsNoEndOfTheProgramWhileAnAccountIsHandedOut() throws Exception {
        Path folder = through(1);
        for (int start = 1; start <= 4; start++) {
            Run run = program.runs.open(folder);
            assertThat(run.brokenOff()).as("start " + start).isZero();
            steps.account(run);
        }
    }

    /** A bug, and no reason to hold up all others for ever. */
    @ParameterizedTest
    @CsvSource({"1, 2, has two outcomes", "2, 1, '2 rows, but 1 outcomes'"})
    void needsAPersonForAnAccountThatDoesNotClose(long rows, int times, String why)
            throws Exception {
        Path first = through(rows);
        Path second = program.claim("b.csv", "id\n");
        Path journal = first.resolve(Journal.FILE_NAME);
        List<String> lines = new ArrayList<>(Files.readAllLines(journal));
        lines.addAll(2, Collections.nCopies(times - 1, lines.get(2)));
        Files.write(journal, lines);

        Run again = program.runs.open(first);
        Throwable fault = catchThrowable(() -> steps.account(again));
        assertThat(fault).hasMessageContaining(why);
        setBack(again, fault);

        assertThat(program.turns.setAside()).containsOnlyKeys(first);
        assertThat(program.turns.isTurn(second)).isTrue();
    }

    /** Setting it back would hold up others for a run that nobody finds any more. */
    @Test
    void endsARunThatIsHandedOutAlsoWhenTheDoubtCannotBeForgotten() throws Exception {
        Path doubt = Files.createDirectory(directory.resolve(InDoubt.FILE_NAME));
        Files.createFile(doubt.resolve("in the way"));
        inDoubt.begin();
        Path folder = through(1);
        Run run = program.runs.open(folder);
        stopping.watch(run);

        steps.over(run, steps.account(run));

        assertThat(folder).doesNotExist();
        assertThat(heard).containsExactly("reported " + run.id());
        assertThat(stopping.isIdle()).isTrue();
    }

    /** A disk that became read-only, say. */
    @Test
    void forgetsARunThatCannotBeClosedAndTriesItLater() throws Exception {
        Path first = program.claim("a.csv", "id\n");
        Run run = program.runs.open(first);
        Path open = first.resolve(".open");
        Files.delete(open);
        Files.createFile(Files.createDirectory(open).resolve("in the way"));
        setBack(run);

        assertThat(stopping.isIdle()).isTrue();
        assertThat(program.turns.isTurn(first)).isFalse();
    }
}
