package io.filedrop.hubspot.page;

import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** What the page says, in English; other languages stand in {@code messages/}. */
@MessageBundle
public interface Texts {

    @Message("HubSpot File Drop")
    String title();

    @Message("Now")
    String now();

    @Message("Nothing is being processed.")
    String idle();

    @Message("Waits:")
    String waits();

    @Message("HubSpot does not take our calls:")
    String trouble();

    @Message("A person must act:")
    String toMend();

    @Message("Nothing is taken or sent:")
    String noRoom();

    @Message("Trouble with an SFTP server:")
    String serverTrouble();

    @Message("A person must mend the run")
    String stuck();

    @Message("This instance waits; another one works:")
    String otherInstance();

    @Message("files in the inbox")
    String inInbox();

    @Message("runs wait for their turn or are parked")
    String queued();

    @Message("rows/s")
    String rowsPerSecond();

    @Message("left")
    String left();

    @Message("rows settled")
    String settled();

    @Message("of them failed")
    String notSettledWell();

    @Message("Runs")
    String runs();

    @Message("Search file, source or mapping")
    String search();

    @Message("State")
    String state();

    @Message("all")
    String all();

    @Message("completed")
    String completed();

    @Message("with failures")
    String withFailures();

    @Message("parked")
    String parked();

    @Message("refused")
    String refused();

    @Message("Search")
    String find();

    @Message("File")
    String file();

    @Message("Finished")
    String finished();

    @Message("rows")
    String rows();

    @Message("confirmed")
    String confirmed();

    @Message("unchanged")
    String unchanged();

    @Message("failed")
    String failed();

    @Message("unknown")
    String unknown();

    @Message("not sent")
    String notSent();

    @Message("No runs yet. Drop a file into the inbox.")
    String noRuns();

    @Message("No run matches.")
    String noMatch();

    @Message("Older runs")
    String older();

    @Message("Drop a file")
    String dropTitle();

    @Message("Drag files here or choose them")
    String dropHere();

    @Message("Put into the inbox")
    String dropSend();

    @Message("Not put into the inbox")
    String notTaken();

    @Message("In the inbox:")
    String dropped();

    @Message("What happened to a listing?")
    String lookUp();

    @Message("Its reference, or HubSpot’s record id")
    String lookUpHint();

    @Message("Look up")
    String lookUpDo();

    @Message("No file that is kept names this listing. Unchanged rows are counted, but not listed.")
    String lookUpNone();

    @Message("runs looked through")
    String lookUpRuns();

    @Message("Not all runs were looked through: there were too many, or it took too long.")
    String lookUpCut();

    @Message("confirmed")
    String wasConfirmed();

    @Message("not updated")
    String wasNot();

    @Message("line")
    String line();

    @Message("listing")
    String listing();

    @Message("property")
    String property();

    @Message("value")
    String value();

    @Message("why")
    String why();

    @Message("result")
    String result();

    @Message("Log in")
    String logIn();

    @Message("Log in to see reasons and values, and to drop files.")
    String logInToSee();

    @Message(
            "Reasons, values and the drop field need a login, and none is set up: see drop.page.users-file.")
    String noUsers();

    @Message("Log out")
    String logOut();

    @Message("Logged in as")
    String loggedInAs();

    @Message("Reasons")
    String reasons();

    @Message("Reasons by code")
    String codes();

    @Message("the first of them")
    String examples();

    @Message("Nothing failed.")
    String noReasons();

    @Message("Downloads")
    String downloads();

    @Message("failed rows, to be corrected and dropped again")
    String failedFile();

    @Message("reasons")
    String reasonsFile();

    @Message("succeeded rows")
    String succeededFile();

    @Message("report")
    String report();

    @Message("Source")
    String source();

    @Message("Mapping")
    String mapping();

    @Message("Calls")
    String calls();

    @Message("Started")
    String started();

    @Message("Run")
    String run();

    @Message("All runs")
    String back();

    @Message("There is no such run, or it is no longer kept.")
    String notFound();

    @Message("Skip to content")
    String skip();

    @Message("Language")
    String language();

    @Message("Same content as")
    String repeatOf();
}
