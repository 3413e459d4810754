package io.filedrop.hubspot.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.filedrop.hubspot.hubspot.HubSpotSettings.Credentials;
import io.filedrop.hubspot.hubspot.HubSpotSettings.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which token is sent, and when another one is looked for. */
class BearerTokenTest {

    @TempDir Path folder;

    private final AtomicLong clock = new AtomicLong();

    @Test
    void readsTheFileAgainWhenItChanges() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        BearerToken token = inFile(file);
        assertThat(token.current()).isEqualTo("first");
        long generation = token.generation();
        assertThat(token.current()).isEqualTo("first");
        assertThat(token.generation()).isEqualTo(generation);

        Files.writeString(file, "second-one");
        assertThat(token.current()).isEqualTo("second-one");
        assertThat(token.generation()).isNotEqualTo(generation);
    }

    /** Kubernetes: token → ..data/token, ..data → ..2026_1, and the middle link is swapped. */
    @Test
    void followsTheLinkThatKubernetesSwaps() throws Exception {
        for (String version : new String[] {"1", "2"}) {
            Files.createDirectory(folder.resolve("..2026_" + version));
            Files.writeString(folder.resolve("..2026_" + version + "/token"), "token-" + version);
        }
        // The same time and size, so that nothing but the link tells them apart.
        Files.setLastModifiedTime(
                folder.resolve("..2026_2/token"),
                Files.getLastModifiedTime(folder.resolve("..2026_1/token")));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_1"));
        Files.createSymbolicLink(folder.resolve("token"), Path.of("..data/token"));
        BearerToken token = inFile(folder.resolve("token"));
        assertThat(token.current()).isEqualTo("token-1");

        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2026_2"));
        Files.move(
                folder.resolve("..data_tmp"),
                folder.resolve("..data"),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(token.current()).isEqualTo("token-2");
    }

    @Test
    void looksIntoTheFileWhenTheTokenIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "aaa");
        BearerToken token = inFile(file);
        token.current();
        long sentWith = token.generation();
        assertThat(token.refused(sentWith)).as("the same is still there").isFalse();

        // Size and time stay, so that only the refusal makes it look.
        var time = Files.getLastModifiedTime(file);
        Files.writeString(file, "bbb");
        Files.setLastModifiedTime(file, time);
        assertThat(token.refused(sentWith)).isTrue();
        assertThat(token.current()).isEqualTo("bbb");
        assertThat(token.refused(sentWith)).as("the old one was sent").isTrue();
    }

    @Test
    void saysThatTheFileIsGoneAndGoesOnWhenItIsThereAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "secret-1");
        BearerToken token = inFile(file);
        token.current();
        Files.delete(file);
        assertThatThrownBy(token::current)
                .isInstanceOf(TokenUnavailable.class)
                .hasMessageContaining(file.toString())
                .hasMessageNotContaining("secret-1");
        Files.writeString(file, "two words");
        assertThatThrownBy(token::current)
                .isInstanceOf(TokenUnavailable.class)
                .hasMessageNotContaining("two words");
        Files.writeString(file, "secret-2");
        assertThat(token.current()).isEqualTo("secret-2");
    }

    /** A person has to act: to ask again at once would be to ask for ever. */
    @Test
    void knowsThatATokenWillNotBeGiven() throws Exception {
        pass(Duration.ofDays(1));
        BearerToken token = byOAuth();
        TokenUnavailable revoked =
                new TokenUnavailable(Why.TOKEN_NEVER_GIVEN.of(400, "BAD_REFRESH_TOKEN"), false);
        assertThat(token.isRefreshDue()).isTrue();
        token.notRefreshed(revoked);
        assertThat(token.refused(token.generation())).as("never given").isFalse();
        assertThat(token.isRefreshDue()).as("at the next attempt").isTrue();

        token.refreshed("a", Duration.ofMinutes(30));
        pass(Duration.ofMinutes(1));
        long sentWith = token.generation();
        assertThat(token.refused(sentWith)).as("a new one can be asked for").isTrue();
        assertThat(token.refused(sentWith)).as("by another thread, too").isTrue();
        assertThat(token.isRefreshDue()).isTrue();
        token.notRefreshed(revoked);
        assertThat(token.refused(sentWith)).as("no longer given").isFalse();
    }

    @Test
    void replacesATokenOfOAuthAheadOfItsEnd() throws Exception {
        BearerToken token = byOAuth();
        assertThat(token.isRefreshDue()).isTrue();
        assertThatThrownBy(token::current).isInstanceOf(TokenUnavailable.class);
        token.refreshed("a", Duration.ofMinutes(30));
        assertThat(token.current()).isEqualTo("a");
        assertThat(token.isRefreshDue()).isFalse();
        pass(Duration.ofMinutes(27));
        assertThat(token.isRefreshDue()).isFalse();
        pass(Duration.ofMinutes(2));
        assertThat(token.isRefreshDue()).isTrue();
        assertThat(token.isRefreshDue()).as("one is asking already").isFalse();
        assertThat(token.current()).as("the old one serves meanwhile").isEqualTo("a");
        token.notRefreshed(new TokenUnavailable(Why.TROUBLE.of(503), true));
        assertThat(token.isRefreshDue()).as("not at every call").isFalse();
        pass(Duration.ofSeconds(11));
        assertThat(token.isRefreshDue()).isTrue();
        token.refreshed("b", Duration.ofMinutes(30));
        assertThat(token.current()).isEqualTo("b");
    }

    @Test
    void getsAnotherOneWhenOneOfOAuthIsRefusedButNotWhenItIsNew() throws Exception {
        BearerToken token = byOAuth();
        token.isRefreshDue();
        token.refreshed("a", Duration.ofMinutes(30));
        assertThat(token.refused(token.generation())).as("it is new").isFalse();
        pass(Duration.ofMinutes(1));
        assertThat(token.refused(token.generation())).isTrue();
        assertThat(token.isRefreshDue()).isTrue();
    }

    private BearerToken inFile(Path file) {
        return new BearerToken(
                new Credentials.Token(new Secret(Optional.empty(), Optional.of(file))), clock::get);
    }

    private BearerToken byOAuth() {
        Secret secret = new Secret(Optional.of("s"), Optional.empty());
        return new BearerToken(
                new Credentials.OAuth("client", secret, secret, "/token"), clock::get);
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
