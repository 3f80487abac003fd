import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { EnrolmentList } from "@/components/enrolment-list";
import { violations } from "../axe";
import { backend, enrolment, FEATURES, pageOf, signIn, summary } from "../backend";

const show = () => render(<EnrolmentList slugs={["saws"]} />);

describe("my learning", () => {
  it("asks who is signed out to sign in", () => {
    backend({});

    show();

    expect(screen.getByText("You are signed out")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/sign-in?return=%2Fenrolments");
  });

  it("lists the modules with their progress", async () => {
    signIn();
    backend({ "GET /enrolments": pageOf([enrolment("saws", [1]), enrolment("newer")]), "GET /features": FEATURES });

    const { container } = show();

    expect(await screen.findByRole("link", { name: "Title of saws" })).toHaveAttribute("href", "/modules/saws");
    expect(screen.getByRole("link", { name: "Title of newer" })).toHaveAttribute("href", "/modules/live?slug=newer");
    expect(screen.getByRole("progressbar", { name: "Progress in Title of saws" })).toHaveAttribute("value", "50");
    expect(screen.getByText("1 of 2 lessons")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });

  it("leads to the catalogue while there is nothing", async () => {
    signIn();
    backend({ "GET /enrolments": pageOf([]), "GET /features": FEATURES });

    show();

    expect(await screen.findByText("Nothing on the bench yet")).toBeInTheDocument();
  });

  it("shows later pages too", async () => {
    signIn();
    backend({ "GET /features": FEATURES, "GET /enrolments": (seen) => (seen.path.includes("cursor") ? pageOf([enrolment("planes")]) : pageOf([enrolment("saws")], "2")) });
    const user = userEvent.setup();
    show();

    await user.click(await screen.findByRole("button", { name: "Show more" }));

    expect(await screen.findByRole("link", { name: "Title of planes" })).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Show more" })).not.toBeInTheDocument();
  });

  it("keeps what it shows when a later page is refused, and asks for that page again", async () => {
    signIn();
    let busy = true;
    const later = () => (busy ? { status: 429 } : pageOf([enrolment("planes")]));
    backend({ "GET /features": FEATURES, "GET /enrolments": (seen) => (seen.path.includes("cursor") ? later() : pageOf([enrolment("saws")], "2")) });
    const user = userEvent.setup();
    show();
    await user.click(await screen.findByRole("button", { name: "Show more" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("We could not load more of your modules");
    expect(screen.getByRole("link", { name: "Title of saws" })).toBeInTheDocument();

    busy = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await screen.findByRole("link", { name: "Title of planes" })).toBeInTheDocument();
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });

  it("shows nobody what belongs to who was signed in before", async () => {
    signIn("ada");
    backend({ "GET /features": FEATURES, "GET /enrolments": (seen) => (seen.path.includes("cursor") ? pageOf([enrolment("planes")]) : pageOf([enrolment("saws")], "2")) });
    const user = userEvent.setup();
    show();
    await user.click(await screen.findByRole("button", { name: "Show more" }));
    await screen.findByRole("link", { name: "Title of planes" });

    backend({ "GET /features": FEATURES, "GET /enrolments": pageOf([]) });
    act(() => signIn("grace"));

    expect(await screen.findByText("Nothing on the bench yet")).toBeInTheDocument();
    expect(screen.queryByRole("link", { name: "Title of planes" })).not.toBeInTheDocument();
  });

  it("says when it is slow", async () => {
    jest.useFakeTimers();
    signIn();
    backend({ "GET /enrolments": "silent" });
    show();
    expect(screen.getByRole("status")).toHaveTextContent("Loading your modules");

    await act(() => jest.advanceTimersByTimeAsync(2_500));
    jest.useRealTimers();

    expect(screen.getByRole("status")).toHaveTextContent("The service is slower than usual");
  });

  it("names the ended session", async () => {
    signIn();
    backend({ "GET /enrolments": { status: 401 } });

    show();

    expect(await screen.findByText("You are signed out")).toBeInTheDocument();
  });

  it("lets the person try again after a refusal for now", async () => {
    signIn();
    let busy = true;
    backend({ "GET /features": FEATURES, "GET /enrolments": () => (busy ? { status: 429 } : pageOf([enrolment("saws")])) });
    const user = userEvent.setup();
    show();
    expect(await screen.findByRole("alert")).toHaveTextContent("Try again in a moment");

    busy = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));

    expect(await screen.findByRole("link", { name: "Title of saws" })).toBeInTheDocument();
  });
});

describe("recommendations", () => {
  const ON = { body: { recommendations: true, catalogue_order: "newest" } };
  const heading = () => screen.queryByRole("heading", { name: "Next on the bench" });

  it("are shown while the flag is on", async () => {
    signIn();
    backend({ "GET /enrolments": pageOf([]), "GET /features": ON, "GET /recommendations": { body: { items: [summary("planes")] } } });

    show();

    expect(await screen.findByRole("link", { name: "Title of planes" })).toBeInTheDocument();
    expect(heading()).toBeInTheDocument();
  });

  it.each([
    ["the flag is off", FEATURES, {}],
    ["the flags cannot be had", { status: 403 }, {}],
    ["there are none to be had", ON, { "GET /recommendations": { status: 404 } }],
  ])("are not even asked about or missed when %s", async (_, features, more) => {
    signIn();
    const { seen } = backend({ "GET /enrolments": pageOf([]), "GET /features": features, ...more });

    show();

    await waitFor(() => expect(seen.length).toBeGreaterThan(1));
    await screen.findByText("Nothing on the bench yet");
    expect(heading()).not.toBeInTheDocument();
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });
});
