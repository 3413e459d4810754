package io.filedrop.hubspot.sftp;

import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Endings;
import io.filedrop.hubspot.run.Fatal;
import io.filedrop.hubspot.run.Lease;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

/** A visit to an SFTP server, as the route tells it. */
@Singleton
@Named("sftp")
@RegisterForReflection(
        targets = {SftpSteps.class, Pickup.class, RemoteFile.class},
        // JSch finds its algorithms by the names of their classes; these the extension leaves out.
        classNames = {
            "com.jcraft.jsch.DH25519MLKEM768",
            "com.jcraft.jsch.DHEC256MLKEM768",
            "com.jcraft.jsch.DHEC384MLKEM1024",
            "com.jcraft.jsch.jce.HMACSHA256SSHCOM",
            "com.jcraft.jsch.jce.MLKEM768",
            "com.jcraft.jsch.jce.MLKEM1024",
            "com.jcraft.jsch.jce.KeyPairGenEdDSA",
            "com.jcraft.jsch.jce.SignatureEd25519",
            "com.jcraft.jsch.jce.SignatureEd448",
            "com.jcraft.jsch.jce.SignatureEdDSA",
            "com.jcraft.jsch.jce.XDH",
            "com.jcraft.jsch.jce.PBKDF2"
        })
public class SftpSteps {

    private final Pickups pickups;
    private final Lease lease;
    private final DropSettings drop;
    private final Endings endings;

    @Inject
    public SftpSteps(Pickups pickups, Lease lease, DropSettings drop, Endings endings) {
        this.pickups = pickups;
        this.lease = lease;
        this.drop = drop;
        this.endings = endings;
    }

    /** The pickup of that source. */
    public Pickup pickup(@ExchangeProperty("source") String source) {
        return pickups.find(source).orElseThrow();
    }

    /** Whether it is time for a visit. */
    public boolean isDue(@ExchangeProperty("pickup") Pickup pickup) throws IOException {
        return lease.isHeld() && pickup.isDue();
    }

    /** Connects, and looks what lies there. */
    public void visit(@ExchangeProperty("pickup") Pickup pickup) throws IOException {
        pickup.visit();
    }

    /** Ends what earlier visits had to leave. */
    public void settle(@ExchangeProperty("pickup") Pickup pickup) throws IOException {
        pickup.settle();
    }

    /** Sends reports and failed files back. */
    public void sendBack(@ExchangeProperty("pickup") Pickup pickup) throws IOException {
        pickup.sendBack();
    }

    /** The files that are ready, the oldest first. */
    public List<RemoteFile> ready(@ExchangeProperty("pickup") Pickup pickup) {
        return pickup.ready();
    }

    /** Fetches a file under a name of our own; false when it is not fetched now. */
    public boolean fetch(@ExchangeProperty("pickup") Pickup pickup, @Body RemoteFile file)
            throws IOException {
        return pickup.fetch(file);
    }

    /** Gives the file its name in the inbox; false while one of the same name waits there. */
    public boolean enter(@ExchangeProperty("pickup") Pickup pickup, @Body RemoteFile file)
            throws IOException {
        return pickup.enter(file);
    }

    /** Moves the file into the server's done folder. */
    public void moveAway(@ExchangeProperty("pickup") Pickup pickup, @Body RemoteFile file)
            throws IOException {
        pickup.moveAway(file);
    }

    /** The visit is over. */
    public void leave(@ExchangeProperty("pickup") Pickup pickup) {
        pickup.visited();
    }

    /** The visit failed; the next one comes later. */
    public void failed(
            @ExchangeProperty("pickup") Pickup pickup,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable fault) {
        if (Fatal.isIn(fault, drop.folders().directory())) {
            endings.mustEnd(fault);
        }
        pickup.failed(fault);
    }
}
