package io.filedrop.hubspot.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.quarkus.core.CamelRuntime;
import org.awaitility.Awaitility;
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

    @Test
    void findsInThreeClicksWhyAListingWasNotUpdated() throws Exception {
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
        try (Playwright playwright =
                        Playwright.create(
                                new Playwright.CreateOptions()
                                        .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser =
                        playwright
                                .chromium()
                                .launch(
                                        new BrowserType.LaunchOptions()
                                                .setExecutablePath(CHROMIUM)
                                                .setArgs(List.of("--no-sandbox")))) {
            Page desk = open(browser, 1200, 900, ColorScheme.LIGHT, "en");
            dropThroughThePage(desk);
            lookUp(desk);
            openTheRun(desk);
            onAPhoneAtNight(browser);
        }
        assertThat(complaints).as("what the browser complains about").isEmpty();
    }

    private void dropThroughThePage(Page page) throws Exception {
        Files.createDirectories(PICTURES);
        StringBuilder feed =
                new StringBuilder("id,hs_price,hs_city\n4711,on request," + NASTY + "\n");
        for (int i = 1; i <= 400; i++) {
            feed.append(i).append(i % 90 == 0 ? ",x" : "," + i).append(",Madrid\n");
        }
        Path nasty = Files.createDirectories(Path.of("target/nasty")).resolve(NASTY + ".csv");
        Path tidy = nasty.resolveSibling("listings-of-last-night.csv");
        Files.writeString(nasty, "id,hs_price\n1,2\n");
        Files.writeString(tidy, feed);
        page.navigate(root.toString());
        page.setInputFiles("#files", new Path[] {nasty, tidy});
        page.getByText("Put into the inbox").click();
        page.getByText("In the inbox:").waitFor();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                reports.newest(100).stream()
                                        .filter(r -> r.file().contains("listings-of-last-night"))
                                        .count(),
                        count -> count == 1);
        // Without a reload: the page asks by itself.
        page.locator(".runs a", new Page.LocatorOptions().setHasText("listings-of-last-night"))
                .waitFor();
        picture(page, "page");
    }

    private void lookUp(Page page) {
        page.focus("#listing");
        page.keyboard().type("4711");
        page.keyboard().press("Enter");
        page.getByText("not updated").waitFor();
        assertThat(page.locator("main").innerText()).contains("BAD_NUMBER", "on request");
        picture(page, "listing");
    }

    private void openTheRun(Page page) {
        page.getByText("listings-of-last-night.csv").first().click();
        page.locator("h1#run-title").waitFor();
        assertThat(page.locator("summary").first().innerText()).contains("BAD_NUMBER");
        picture(page, "run");
    }

    private void onAPhoneAtNight(Browser browser) {
        Page phone = open(browser, 390, 844, ColorScheme.DARK, "es");
        phone.navigate(root.toString());
        phone.getByText("Procesos").first().waitFor();
        Object width = phone.evaluate("document.documentElement.scrollWidth");
        assertThat(((Number) width).intValue())
                .as("no sideways scrolling")
                .isLessThanOrEqualTo(390);
        picture(phone, "phone");
    }

    private Page open(Browser browser, int width, int height, ColorScheme colors, String locale) {
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
        page.navigate(root.resolve("/login").toString());
        return page;
    }

    private static void picture(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")));
    }
}
