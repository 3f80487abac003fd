import { act, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Catalogue } from "@/components/catalogue";
import { violations } from "../axe";
import { backend, pageOf, summary } from "../backend";

const MODULES = [summary("saws"), summary("planes", { level: "advanced", topic: "delivery" })].map(({ enrolment_count: _, ...module }) => module);
const TOPICS = ["delivery", "testing"];

function show() {
  return render(<Catalogue modules={MODULES} topics={TOPICS} />);
}

const titles = () => screen.queryAllByRole("heading", { level: 3 }).map((heading) => heading.textContent);

describe("catalogue", () => {
  it("shows what is built in before the API has said anything", () => {
    backend({ "GET /modules": "silent" });

    show();

    expect(titles()).toEqual(["Title of saws", "Title of planes"]);
  });

  it("shows what the API says, in the order that the API decides on", async () => {
    const { seen } = backend({ "GET /modules": pageOf([summary("newer")]) });

    const { container } = show();

    expect(await screen.findByRole("link", { name: "Title of newer" })).toHaveAttribute("href", "/modules/live?slug=newer");
    expect(screen.getByText("3 learners")).toBeInTheDocument();
    expect(seen.at(-1)?.path).toBe("/modules?");
    expect(await violations(container)).toEqual([]);
  });

  it("keeps the built-in content and says so when the API is away, until it returns", async () => {
    let away = true;
    backend({ "GET /modules": () => (away ? { status: 429, headers: { "Retry-After": "7" } } : pageOf([summary("saws")])) });
    const user = userEvent.setup();
    show();

    expect(await screen.findByRole("alert")).toHaveTextContent("Try again in 7 seconds");
    expect(titles()).toHaveLength(2);
    away = false;
    await user.click(screen.getByRole("button", { name: "Try again" }));

    await waitFor(() => expect(screen.queryByRole("alert")).not.toBeInTheDocument());
    expect(titles()).toEqual(["Title of saws"]);
  });

  it("puts the choice into the address and asks the API for it", async () => {
    const { seen } = backend({ "GET /modules": (request) => pageOf(request.path.includes("advanced") ? [summary("planes")] : [summary("saws")]) });
    const user = userEvent.setup();
    show();

    await user.selectOptions(screen.getByLabelText("Level"), "advanced");

    expect(location.search).toBe("?level=advanced");
    await waitFor(() => expect(titles()).toEqual(["Title of planes"]));
    await waitFor(() => expect(seen.at(-1)?.path).toContain("level=advanced"));
    await user.selectOptions(screen.getByLabelText("Topic"), "delivery");
    await user.selectOptions(screen.getByLabelText("Order"), "title");
    expect(location.search).toBe("?level=advanced&topic=delivery&order=title");
  });

  it("does not ask for every letter that is typed", async () => {
    const { seen } = backend({ "GET /modules": pageOf([summary("saws")]) });
    const user = userEvent.setup();
    show();
    await waitFor(() => expect(seen).toHaveLength(1));

    await user.type(screen.getByRole("searchbox"), "saw");

    await waitFor(() => expect(seen.at(-1)?.path).toContain("q=saw"));
    expect(seen).toHaveLength(2);
  });

  it("says that nothing matches and offers all modules again", async () => {
    history.replaceState(null, "", "/?q=zzz");
    backend({ "GET /modules": (request) => pageOf(request.path.includes("zzz") ? [] : [summary("saws")]) });
    const user = userEvent.setup();
    show();
    expect(await screen.findByText("No module matches")).toBeInTheDocument();

    await user.click(screen.getByRole("button", { name: "Show all modules" }));

    await waitFor(() => expect(titles()).toEqual(["Title of saws"]));
    expect(location.search).toBe("");
  });

  it("follows the back button", async () => {
    backend({ "GET /modules": "silent" });
    show();

    act(() => {
      history.replaceState(null, "", "/?level=advanced");
      dispatchEvent(new PopStateEvent("popstate"));
    });

    expect(titles()).toEqual(["Title of planes"]);
    expect(screen.getByLabelText("Level")).toHaveValue("advanced");
  });

  it("shows more when there is more, and keeps what it shows", async () => {
    backend({ "GET /modules": (request) => (request.path.includes("cursor=2") ? pageOf([summary("planes")]) : pageOf([summary("saws")], "2")) });
    const user = userEvent.setup();
    show();

    await user.click(await screen.findByRole("button", { name: "Show more modules" }));

    await waitFor(() => expect(titles()).toEqual(["Title of saws", "Title of planes"]));
    expect(screen.queryByRole("button", { name: "Show more modules" })).not.toBeInTheDocument();
  });

  it("says when the API is slow, and still shows the built-in content", async () => {
    jest.useFakeTimers();
    backend({ "GET /modules": "silent" });
    show();

    await act(() => jest.advanceTimersByTimeAsync(2_500));
    jest.useRealTimers();

    expect(within(screen.getByRole("region")).getByRole("status")).toHaveTextContent("Still asking for the latest");
    expect(titles()).toHaveLength(2);
  });
});
