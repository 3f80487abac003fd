import { beginNavigation, navigationTrace, newTrace, traceparent } from "@/lib/trace";

describe("trace context", () => {
  it("writes a header in the form of the W3C recommendation", () => {
    expect(traceparent(newTrace())).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  it("gives every request of a trace a span of its own", () => {
    const trace = newTrace();

    const [first = "", second = ""] = [traceparent(trace), traceparent(trace)];

    expect(first.split("-")[1]).toBe(second.split("-")[1]);
    expect(first.split("-")[2]).not.toBe(second.split("-")[2]);
  });

  it("keeps one trace until the next navigation", () => {
    const before = navigationTrace();

    expect(navigationTrace()).toBe(before);
    expect(beginNavigation().id).not.toBe(before.id);
  });
});
