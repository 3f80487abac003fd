import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { PageLink } from "@/components/page-link";

const asked: unknown[] = [];
jest.mock("next/link", () => ({
  __esModule: true,
  default: ({ prefetch, children, ...rest }: { prefetch?: unknown; children?: React.ReactNode }) => {
    asked.push(prefetch);
    return <a {...rest}>{children}</a>;
  },
}));

describe("link to a page", () => {
  beforeEach(() => {
    asked.length = 0;
    render(<PageLink href="/enrolments" className="button" aria-current="page">My learning</PageLink>);
  });

  it("is a link as any other, and fetches nothing while nobody reaches for it", () => {
    const link = screen.getByRole("link", { name: "My learning", current: "page" });

    expect(link).toHaveAttribute("href", "/enrolments");
    expect(link).toHaveClass("button");
    expect(asked).toEqual([false]);
  });

  it.each([
    ["pointer", () => userEvent.hover(screen.getByRole("link"))],
    ["keyboard", () => userEvent.tab()],
    ["finger", async () => fireEvent.touchStart(screen.getByRole("link"))],
  ])("fetches the page ahead once somebody reaches for it by %s", async (_, reach) => {
    await reach();

    expect(asked.at(-1)).toBeNull();
  });
});
