/** @jest-environment node */
import { renderToStaticMarkup } from "react-dom/server";
import GlobalError from "@/app/global-error";
import RootLayout, { metadata } from "@/app/layout";
import SignInCompletePage from "@/app/sign-in/complete/page";

jest.mock("next/navigation", () => ({ usePathname: () => "/enrolments", useRouter: () => ({}) }));

describe("frame of every page", () => {
  it("begins with the way past the navigation, and names its language and its parts", () => {
    const html = renderToStaticMarkup(<RootLayout><p>content</p></RootLayout>);

    expect(html).toMatch(/^<html lang="en"/);
    expect(html).toMatch(/<body><a class="skip" href="#content">/);
    expect(html).toMatch(/<main id="content"[^>]*><p>content<\/p><\/main>/);
    expect(html).toContain('<nav aria-label="Main">');
    expect(html).toContain("<footer");
  });

  it("names the manifest and the icons", () => {
    expect(metadata).toMatchObject({ manifest: "/manifest.webmanifest", icons: { apple: "/apple-touch-icon.png" } });
  });

  it("is replaced by one without inline styles when it breaks itself", () => {
    const html = renderToStaticMarkup(<GlobalError reset={() => undefined} />);

    expect(html).toContain("<h1>Something broke</h1>");
    expect(html).not.toContain("style");
  });

  it.each([[<SignInCompletePage key="c" />, "Signing in"]])("holds pages that need the browser as their built state", (page, heading) => {
    const html = renderToStaticMarkup(page);

    expect(html).toContain(`<h1>${heading}</h1>`);
    expect(html).toContain('role="status"');
  });
});
