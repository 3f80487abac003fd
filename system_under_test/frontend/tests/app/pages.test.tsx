import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import EnrolmentsPage from "@/app/enrolments/page";
import PageError from "@/app/error";
import LiveModulePage from "@/app/modules/live/page";
import ModulePage, { generateMetadata, generateStaticParams } from "@/app/modules/[slug]/page";
import NotFound from "@/app/not-found";
import OfflinePage from "@/app/offline/page";
import CataloguePage from "@/app/page";
import SignInPage from "@/app/sign-in/page";
import { builtModules } from "@/lib/content";
import { violations } from "../axe";

const [FIRST = { slug: "", title: "", summary: "" }] = builtModules;

// What is judged here is what is built in: the API says nothing.
beforeEach(() => {
  globalThis.fetch = () => new Promise(() => undefined);
});

describe("pages", () => {
  it("of the catalogue hold every module", async () => {
    const { container } = render(<CataloguePage />);

    for (const module of builtModules) expect(screen.getByRole("link", { name: module.title })).toHaveAttribute("href", `/modules/${module.slug}`);
    expect(await violations(container)).toEqual([]);
  });

  it("exist for every module, with its title and summary for search engines", async () => {
    expect(generateStaticParams()).toEqual(builtModules.map(({ slug }) => ({ slug })));
    expect(await generateMetadata({ params: Promise.resolve({ slug: FIRST.slug }) })).toEqual({ title: FIRST.title, description: FIRST.summary });
    expect(await generateMetadata({ params: Promise.resolve({ slug: "nothing" }) })).toEqual({});
  });

  it("of a module hold its lessons", async () => {
    render(await ModulePage({ params: Promise.resolve({ slug: FIRST.slug }) }));

    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(FIRST.title);
    expect(screen.getAllByRole("listitem")).toHaveLength(builtModules[0]?.lesson_count ?? 0);
  });

  it("of unknown modules do not exist", async () => {
    await expect(ModulePage({ params: Promise.resolve({ slug: "nothing" }) })).rejects.toThrow("NEXT_HTTP_ERROR_FALLBACK;404");
  });

  it.each([
    ["My learning", <EnrolmentsPage key="e" />],
    ["Module", <LiveModulePage key="l" />],
    ["Sign in", <SignInPage key="s" />],
    ["You are offline", <OfflinePage key="o" />],
    ["This page is not here", <NotFound key="n" />],
  ])("have one heading and no accessibility violation: %s", async (heading, page) => {
    const { container } = render(page);

    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent(heading);
    expect(await violations(container)).toEqual([]);
  });

  it("that break can be tried again", async () => {
    const reset = jest.fn();
    const user = userEvent.setup();
    render(<PageError reset={reset} />);

    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(reset).toHaveBeenCalledTimes(1);
  });
});
