import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { SignInCompletion } from "@/components/sign-in-completion";
import { SignInPanel } from "@/components/sign-in-panel";
import { SiteHeader } from "@/components/site-header";
import { currentSession } from "@/lib/session";
import * as signInModule from "@/lib/sign-in";
import { backend, signIn } from "../backend";

const replace = jest.fn();
let pathname = "/";
jest.mock("next/navigation", () => ({ useRouter: () => ({ replace }), usePathname: () => pathname }));
jest.mock("@/lib/sign-in", () => ({ ...jest.requireActual<object>("@/lib/sign-in"), completeSignIn: jest.fn() }));

beforeEach(() => replace.mockClear());

describe("sign-in", () => {
  it("says why it cannot begin", async () => {
    backend({ "GET /settings.json": { body: { issuer: null, client: "c", audience: null } } });
    const user = userEvent.setup();
    render(<SignInPanel />);

    await user.click(screen.getByRole("button", { name: "Continue to sign in" }));

    expect(await screen.findByRole("alert")).toHaveTextContent("This site has no identity provider");
    expect(screen.getByRole("button", { name: "Continue to sign in" })).toBeEnabled();
  });

  it("is over for who is signed in, and offers to sign out", async () => {
    signIn();
    const user = userEvent.setup();
    render(<SignInPanel />);
    expect(screen.getByText("ada")).toBeInTheDocument();

    await user.click(screen.getByRole("button", { name: "Sign out" }));

    expect(currentSession()).toBeNull();
    expect(screen.getByRole("button", { name: "Continue to sign in" })).toBeInTheDocument();
  });

  it("leads back to where the person came from", async () => {
    jest.mocked(signInModule.completeSignIn).mockResolvedValue({ ok: true, returnTo: "/enrolments", session: { token: "t", name: "ada", roles: [], expiresAt: 0 } });

    render(<SignInCompletion />);

    await waitFor(() => expect(replace).toHaveBeenCalledWith("/enrolments"));
  });

  it("says why it did not work, and how to start again", async () => {
    jest.mocked(signInModule.completeSignIn).mockResolvedValue({ ok: false, failure: "not-started-here" });

    render(<SignInCompletion />);

    expect(await screen.findByRole("alert")).toHaveTextContent("This sign-in was not started in this tab");
    expect(screen.getByRole("link", { name: "Start again" })).toHaveAttribute("href", "/sign-in");
    expect(replace).not.toHaveBeenCalled();
  });
});

describe("header", () => {
  it("marks the open page and remembers it for signing in", () => {
    pathname = "/enrolments";
    render(<SiteHeader />);

    expect(screen.getByRole("link", { name: "My learning" })).toHaveAttribute("aria-current", "page");
    expect(screen.getByRole("link", { name: "Catalogue" })).not.toHaveAttribute("aria-current");
    expect(screen.getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/sign-in?return=%2Fenrolments");
  });

  it("does not lead from sign-in back to sign-in", () => {
    pathname = "/sign-in";
    render(<SiteHeader />);

    expect(screen.getByRole("link", { name: "Sign in" })).toHaveAttribute("href", "/sign-in");
  });

  it("lets the person sign out everywhere", async () => {
    signIn();
    const user = userEvent.setup();
    render(<SiteHeader />);

    await user.click(screen.getByRole("button", { name: "Sign out ada" }));

    expect(screen.getByRole("link", { name: "Sign in" })).toBeInTheDocument();
  });
});
