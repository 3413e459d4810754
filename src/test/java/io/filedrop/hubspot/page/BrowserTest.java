package io.filedrop.hubspot.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.HttpCredentials;
import io.filedrop.hubspot.run.DropSettings;
import io.filedrop.hubspot.run.Reports;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person at the page, in a real browser. The pictures go to {@code target/screenshots}. */
@QuarkusTest
@TestProfile(Operated.class)
class BrowserTest {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final String NASTY = "<img src=x onerror=alert(1)>";

    @Inject DropSettings drop;
    @Inject Reports reports;
    @Inject CamelRuntime camel;

    @TestHTTPResource("/")
    URI root;

    private final List<String> complaints = new ArrayList<>();

    private Playwright playwright;
    private Browser browser;

    @BeforeEach
    void openBrowser() throws IOException {
        if (!Files.isExecutable(CHROMIUM)) {
            System.err.println(
                    "SKIPPED: no "
                            + CHROMIUM
                            + " on this machine, so NOBODY has looked at the page in a browser.");
        }
        assumeThat(CHROMIUM).isExecutable();
        if (camel.getCamelContext().getRoutesSize() == 0) {
            camel.start(new String[0]);
        }
        Files.createDirectories(PICTURES);
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(CHROMIUM)
                                        .setArgs(List.of("--no-sandbox")));
    }

    @AfterEach
    void closeBrowser() {
        if (playwright != null) {
            playwright.close();
        }
        assertThat(complaints).as("what the browser complains about").isEmpty();
    }

    @Test
    void takesAFileAndShowsWhatBecameOfItWithoutAReload() throws Exception {
        Page page = open(1200, 900, ColorScheme.LIGHT, "en");
        page.navigate(root.resolve("/login").toString());
        Path nasty = Files.createDirectories(Path.of("target/nasty")).resolve(NASTY + ".csv");
        Path tidy = nasty.resolveSibling("listings-through-the-page.csv");
        Files.writeString(nasty, "id,hs_price\n1,2\n");
        Files.writeString(tidy, lastNight());
        page.setInputFiles("#files", new Path[] {nasty, tidy});
        page.getByText("Put into the inbox").click();
        page.getByText("In the inbox:").waitFor();
        page.locator(".runs a", new Page.LocatorOptions().setHasText(tidy.getFileName().toString()))
                .waitFor();
        picture(page, "page");
    }

    /** From the page, nobody logged in, with a person's own clicks counted by the browser. */
    @Test
    void findsInThreeClicksWhyAListingWasNotUpdated() throws Exception {
        runLastNight("three-clicks.csv");
        Page page = open(1200, 900, ColorScheme.LIGHT, "en");
        page.addInitScript(
                "document.addEventListener('click', () => sessionStorage.setItem('clicks',"
                        + " 1 + Number(sessionStorage.getItem('clicks'))), true)");
        page.navigate(root.toString());

        page.locator("header").getByText("Log in").click();
        page.locator("#listing").click();
        page.keyboard().type("4711");
        page.getByText("Look up", new Page.GetByTextOptions().setExact(true)).click();
        page.getByText("not updated").first().waitFor();

        Locator why = page.locator("tr", new Page.LocatorOptions().setHasText("three-clicks.csv"));
        // By the definitions, or when they could not be read, by HubSpot.
        assertThat(why.innerText()).contains("not updated", "on request", "number");
        assertThat(page.evaluate("Number(sessionStorage.getItem('clicks'))")).isEqualTo(3);
        picture(page, "listing");
        why.locator("a").click();
        page.locator("h1#run-title").waitFor();
        picture(page, "run");
    }

    @Test
    void worksWithAKeyboardOnly() throws Exception {
        runLastNight("keyboard.csv");
        Page page = open(1200, 900, ColorScheme.LIGHT, "en");
        page.navigate(root.toString());
        page.keyboard().press("Tab");
        assertThat(focused(page, ".skip")).as("the first stop skips the head").isTrue();
        tabTo(page, "header a[href='/login']");
        page.keyboard().press("Enter");
        tabTo(page, "#listing");
        page.keyboard().type("4711");
        page.keyboard().press("Enter");
        page.getByText("not updated").first().waitFor();
        tabTo(page, "td a");
        page.keyboard().press("Enter");
        page.locator("h1#run-title").waitFor();
        tabTo(page, "a[href$='/reasons']");
        assertThat(page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                .as("one sees where one is")
                .isEqualTo("solid");
        tabTo(page, "summary");
        page.keyboard().press("Enter");
        assertThat(page.evaluate("document.activeElement.parentElement.open")).isEqualTo(false);
        page.keyboard().press("Enter");
        // In any row: the reasons stand there in the order in which the batches were settled.
        assertThat(page.locator("details td[lang=en]").allInnerTexts().toString())
                .contains("on request");
        tabTo(page, "main a[href='/']");
        page.keyboard().press("Enter");
        tabTo(page, "#state");
        page.keyboard().type("refused");
        page.getByText("No run matches.").waitFor();
    }

    @Test
    void keepsTheKeyboardsPlaceWhenThePageRenewsItself() throws Exception {
        String run = runLastNight("renewed.csv");
        Page page = open(1200, 900, ColorScheme.LIGHT, "en");
        page.navigate(root.toString());
        tabTo(page, "#run-" + run);
        page.evaluate("document.activeElement.dataset.old = 'yes'");
        page.waitForFunction("id => !document.getElementById(id).dataset.old", "run-" + run);
        assertThat(focused(page, "#run-" + run)).isTrue();
    }

    @Test
    void fitsAPhoneAtNightInSpanish() throws Exception {
        String run = runLastNight("anuncios-de-anoche-con-un-nombre-muy-largo.csv");
        Page phone = open(390, 844, ColorScheme.DARK, "es");
        phone.navigate(root.resolve("/login").toString());
        phone.getByText("Procesos").first().waitFor();
        assertFits(phone, "phone");
        phone.navigate(root.resolve("/listing?id=4711").toString());
        assertThat(phone.locator("main").innerText())
                .contains("no actualizado", "El valor no es un número");
        assertFits(phone, "phone-listing");
        phone.navigate(root.resolve("/runs/" + run).toString());
        assertFits(phone, "phone-run");
    }

    private static void assertFits(Page page, String picture) {
        picture(page, picture);
        int width = ((Number) page.evaluate("document.documentElement.scrollWidth")).intValue();
        assertThat(width).as("no sideways scrolling: " + picture).isLessThanOrEqualTo(390);
    }

    private static void tabTo(Page page, String selector) {
        page.locator(selector).first().waitFor();
        for (int stops = 0; stops < 100 && !focused(page, selector); stops++) {
            page.keyboard().press("Tab");
        }
        assertThat(focused(page, selector)).as("can be reached by Tab: " + selector).isTrue();
    }

    private static boolean focused(Page page, String selector) {
        return (boolean) page.evaluate("s => document.activeElement.matches(s)", selector);
    }

    /** A file in which listing 4711 is wrong, and a few others. */
    private static String lastNight() {
        StringBuilder feed =
                new StringBuilder("id,hs_price,hs_city\n4711,on request," + NASTY + "\n");
        for (int i = 1; i <= 400; i++) {
            feed.append(i).append(i % 90 == 0 ? ",x" : "," + i).append(",Madrid\n");
        }
        return feed.toString();
    }

    /** Drops that file, and returns its run when that is over. */
    private String runLastNight(String name) throws IOException {
        Path written = Files.writeString(drop.folders().directory().resolve(name), lastNight());
        Files.move(written, Files.createDirectories(drop.folders().inbox()).resolve(name));
        return Awaitility.await(name)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                reports.newest(100).stream()
                                        .filter(run -> run.file().equals(name))
                                        .findFirst(),
                        Optional::isPresent)
                .get()
                .run();
    }

    private Page open(int width, int height, ColorScheme colors, String locale) {
        BrowserContext context =
                browser.newContext(
                        new Browser.NewContextOptions()
                                .setViewportSize(width, height)
                                .setColorScheme(colors)
                                .setLocale(locale)
                                .setHttpCredentials(
                                        new HttpCredentials(Operated.USER, Operated.PASSWORD)));
        Page page = context.newPage();
        page.onDialog(
                dialog -> {
                    complaints.add("a script of a file ran: " + dialog.message());
                    dialog.dismiss();
                });
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error")) {
                        complaints.add(message.text());
                    }
                });
        return page;
    }

    private static void picture(Page page, String name) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(PICTURES.resolve(name + ".png"))
                        .setFullPage(true));
    }
}
