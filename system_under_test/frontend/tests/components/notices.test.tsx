import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { NavigationTrace } from "@/components/navigation-trace";
import { ProblemNotice } from "@/components/problem-notice";
import { ReleaseNotice } from "@/components/release-notice";
import { patternOf } from "@/components/topic-mark";
import type { Problem } from "@/lib/problem";
import * as releases from "@/lib/releases";
import { navigationTrace } from "@/lib/trace";

let pathname = "/";
jest.mock("next/navigation", () => ({ usePathname: () => pathname }));
jest.mock("@/lib/releases");

const PROBLEM: Problem = { kind: "away", status: 503, title: "Away", detail: "", retryAfterSeconds: null, traceId: "0af7651916cd43dd8448eb211c80319c" };

describe("notice of a problem", () => {
  it.each([
    ["signed-out", "Sign in to save that"],
    ["forbidden", "Your role does not allow you to save that"],
    ["missing", "it does not exist or is not yours"],
    ["busy", "Try again in a moment"],
    ["invalid", "Away"],
    ["away", "Nothing is lost"],
  ] as const)("of the kind %s says what to do and how to refer to it", (kind, text) => {
    render(<ProblemNotice problem={{ ...PROBLEM, kind }} doing="save that" />);

    expect(screen.getByRole("alert")).toHaveTextContent(text);
    expect(screen.getByText("0af7651916cd43dd")).toBeInTheDocument();
  });

  it.each([
    [false, 0, "You are offline"],
    [true, 0, "The service is away"],
    [false, 503, "The service is away"],
  ])("with a connection: %s, and the status %d says %s", (online, status, headline) => {
    jest.spyOn(navigator, "onLine", "get").mockReturnValue(online);
    render(<ProblemNotice problem={{ ...PROBLEM, status }} doing="save that" />);

    expect(screen.getByRole("alert")).toHaveTextContent(headline);
  });

  it.each([["away", 1], ["busy", 1], ["forbidden", 0], ["missing", 0]] as const)("of the kind %s offers %d retries", (kind, count) => {
    render(<ProblemNotice problem={{ ...PROBLEM, kind }} doing="save that" onRetry={jest.fn()} />);

    expect(screen.queryAllByRole("button", { name: "Try again" })).toHaveLength(count);
  });
});

describe("notice of a release", () => {
  it("appears when one waits and lets the person decide", async () => {
    const worker = {} as ServiceWorker;
    let announce: (worker: ServiceWorker) => void = () => undefined;
    jest.mocked(releases.watchReleases).mockImplementation((onWaiting) => {
      announce = onWaiting;
      return () => undefined;
    });
    const user = userEvent.setup();
    render(<ReleaseNotice />);
    expect(screen.queryByRole("status")).not.toBeInTheDocument();

    act(() => announce(worker));
    await user.click(screen.getByRole("button", { name: "Update now" }));

    expect(releases.takeRelease).toHaveBeenCalledWith(worker);
  });
});

describe("navigation", () => {
  it("begins a trace for each page", () => {
    const { rerender } = render(<NavigationTrace />);
    const first = navigationTrace();

    rerender(<NavigationTrace />);
    expect(navigationTrace()).toBe(first);
    pathname = "/enrolments";
    rerender(<NavigationTrace />);

    expect(navigationTrace()).not.toBe(first);
  });
});

describe("drawing of a topic", () => {
  it("is always the same, also for a topic that nobody foresaw", () => {
    expect(patternOf("carpentry")).toBe(patternOf("carpentry"));
    expect(patternOf("")).toBeLessThan(6);
  });
});
