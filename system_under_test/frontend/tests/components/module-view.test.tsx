import { act, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { LiveModule } from "@/components/live-module";
import { ModuleView } from "@/components/module-view";
import { violations } from "../axe";
import { backend, enrolment, fullModule, pageOf, signIn } from "../backend";

const MODULE = fullModule("saws");
const READING = { "GET /modules/saws": { body: MODULE } };
const ENROLLED = { ...READING, "GET /enrolments": pageOf([enrolment("planes"), enrolment("saws", [1])]) };

describe("module", () => {
  it("shows its lessons to everybody and offers sign-in to who is not known", async () => {
    backend(READING);

    const { container } = render(<ModuleView module={MODULE} />);

    expect(screen.getByText("Measure twice.")).toBeInTheDocument();
    expect(screen.getByText("Then once more.")).toBeInTheDocument();
    expect(screen.getByRole("link", { name: "Sign in to enrol" })).toHaveAttribute("href", "/sign-in?return=%2Fmodules%2Fsaws");
    expect(screen.queryByRole("checkbox")).not.toBeInTheDocument();
    expect(await screen.findByText("3 learners")).toBeInTheDocument();
    expect(await violations(container)).toEqual([]);
  });

  it("lets a learner enrol", async () => {
    signIn();
    backend({ ...READING, "GET /enrolments": pageOf([]), "POST /enrolments": { status: 201, body: enrolment("saws") } });
    const user = userEvent.setup();
    render(<ModuleView module={MODULE} />);

    await user.click(await screen.findByRole("button", { name: "Enrol" }));

    expect(await screen.findByText("0 of 2 lessons completed.")).toBeInTheDocument();
    expect(screen.getByText("You are enrolled.")).toBeInTheDocument();
    expect(screen.getAllByRole("checkbox")).toHaveLength(2);
  });

  it("finds an enrolment on a later page", async () => {
    signIn();
    backend({ ...READING, "GET /enrolments": (seen) => (seen.path.includes("cursor=2") ? pageOf([enrolment("saws", [1])]) : pageOf([enrolment("planes")], "2")) });

    render(<ModuleView module={MODULE} />);

    expect(await screen.findByText("1 of 2 lessons completed.")).toBeInTheDocument();
  });

  it("marks a lesson at once and keeps what the service answers", async () => {
    signIn();
    const { seen } = backend({ ...ENROLLED, "PUT /enrolments/enrolment-in-saws/lessons/2": { body: enrolment("saws", [1, 2]) } });
    const user = userEvent.setup();
    const { container } = render(<ModuleView module={MODULE} />);

    await user.click(await screen.findByRole("checkbox", { name: /^Completed ?: Cut$/ }));

    expect(await screen.findByText("All done. Well made!")).toBeInTheDocument();
    expect(screen.getByRole("progressbar", { name: "Lessons completed" })).toHaveAttribute("value", "100");
    expect(await screen.findByText("Lesson 2 completed.")).toBeInTheDocument();
    expect(seen.at(-1)?.method).toBe("PUT");
    expect(await violations(container)).toEqual([]);
  });

  it("takes a mark back when the service refuses it", async () => {
    signIn();
    backend({ ...ENROLLED, "DELETE /enrolments/enrolment-in-saws/lessons/1": { status: 503 } });
    const user = userEvent.setup();
    render(<ModuleView module={MODULE} />);
    const box = await screen.findByRole("checkbox", { name: /^Completed ?: Measure$/ });

    await user.click(box);

    const alert = await screen.findByRole("alert");
    expect(alert).toHaveTextContent("We could not save that. Nothing is lost");
    expect(box).toBeChecked();
    const shown = jest.mocked(Element.prototype.scrollIntoView).mock.contexts.at(-1) as Element;
    expect(shown).toContainElement(alert);
  });

  it("opens a lesson again", async () => {
    signIn();
    backend({ ...ENROLLED, "DELETE /enrolments/enrolment-in-saws/lessons/1": { body: enrolment("saws", []) } });
    const user = userEvent.setup();
    render(<ModuleView module={MODULE} />);

    await user.click(await screen.findByRole("checkbox", { name: /^Completed ?: Measure$/ }));

    expect(await screen.findByText("Lesson 1 open again.")).toBeInTheDocument();
    expect(screen.getByText("0 of 2 lessons completed.")).toBeInTheDocument();
  });

  it("lets a learner leave", async () => {
    signIn();
    backend({ ...ENROLLED, "DELETE /enrolments/enrolment-in-saws": { status: 204 } });
    const user = userEvent.setup();
    render(<ModuleView module={MODULE} />);

    await user.click(await screen.findByRole("button", { name: "Leave this module" }));

    expect(await screen.findByRole("button", { name: "Enrol" })).toBeInTheDocument();
  });

  it("says that a role may not enrol", async () => {
    signIn("grace");
    backend({ ...READING, "GET /enrolments": pageOf([]), "POST /enrolments": { status: 403 } });
    const user = userEvent.setup();
    render(<ModuleView module={MODULE} />);

    await user.click(await screen.findByRole("button", { name: "Enrol" }));

    expect(await screen.findByRole("alert")).toHaveTextContent("Your account may not do this");
  });

  it("offers sign-in again when the session has ended meanwhile", async () => {
    signIn();
    backend({ ...READING, "GET /enrolments": { status: 401 } });

    render(<ModuleView module={MODULE} />);

    expect(await screen.findByRole("link", { name: "Sign in to enrol" })).toBeInTheDocument();
  });

  it("says that progress cannot be loaded, and tries again when the network returns", async () => {
    jest.useFakeTimers();
    signIn();
    let away = true;
    backend({ ...READING, "GET /enrolments": () => (away ? "unreachable" : pageOf([enrolment("saws", [1])])) });
    render(<ModuleView module={MODULE} />);
    await act(() => jest.advanceTimersByTimeAsync(1_500));
    expect(screen.getByRole("alert")).toHaveTextContent("We could not load your progress");

    away = false;
    act(() => void dispatchEvent(new Event("online")));
    jest.useRealTimers();

    expect(await screen.findByText("1 of 2 lessons completed.")).toBeInTheDocument();
  });

  it("keeps its built-in content when it cannot be refreshed", async () => {
    backend({ "GET /modules/saws": { status: 404 } });

    render(<ModuleView module={MODULE} />);

    expect(await screen.findByRole("alert")).toHaveTextContent("This is not here");
    expect(screen.getByRole("heading", { level: 1 })).toHaveTextContent("Title of saws");
  });
});

describe("module while the service is slow", () => {
  it("says so beside its built-in content", async () => {
    jest.useFakeTimers();
    backend({ "GET /modules/saws": "silent" });
    render(<ModuleView module={MODULE} />);

    await act(() => jest.advanceTimersByTimeAsync(2_500));
    jest.useRealTimers();

    expect(screen.getByText(/Still asking for the latest/)).toHaveAttribute("role", "status");
    expect(screen.getByText("Measure twice.")).toBeInTheDocument();
  });
});

describe("module that is newer than the build", () => {
  it("comes from the API", async () => {
    history.replaceState(null, "", "/modules/live?slug=saws");
    backend(READING);

    render(<LiveModule />);

    expect(screen.getByRole("status")).toHaveTextContent("Loading the module");
    expect(await screen.findByRole("heading", { level: 1, name: "Title of saws" })).toBeInTheDocument();
  });

  it("is reported missing when it is", async () => {
    history.replaceState(null, "", "/modules/live?slug=nothing");
    backend({});

    render(<LiveModule />);

    await waitFor(() => expect(screen.getByRole("alert")).toHaveTextContent("We could not show this module"));
  });
});
