import { accessToken, currentSession, forgetSession, onSessionChange, rememberSession, sessionOf } from "@/lib/session";

function tokenOf(claims: object): string {
  return `e30.${btoa(JSON.stringify(claims)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}.signature`;
}

describe("session", () => {
  it("is remembered in the tab and nowhere else", () => {
    rememberSession(sessionOf(tokenOf({ sub: "ada", roles: ["learner"] }), 60));

    expect(accessToken()).toContain("e30.");
    expect(sessionStorage.getItem("workshop.session")).toContain("ada");
    expect(localStorage).toHaveLength(0);
  });

  it("ends when its token expires", () => {
    rememberSession(sessionOf(tokenOf({ sub: "ada" }), -1));

    expect(currentSession()).toBeNull();
  });

  it("tells its listeners when it begins and ends, until they leave", () => {
    const listener = jest.fn();
    const leave = onSessionChange(listener);

    rememberSession(sessionOf("opaque", 60));
    forgetSession();
    leave();
    rememberSession(sessionOf("opaque", 60));

    expect(listener).toHaveBeenCalledTimes(2);
  });

  it.each([
    ["an opaque token", "opaque"],
    ["a payload that is not JSON", "e30.bm90IGpzb24.x"],
    ["claims of other types", tokenOf({ sub: 7, roles: "admin" })],
  ])("does not need to understand %s", (_, token) => {
    expect(sessionOf(token, 60, 0)).toEqual({ token, name: "you", roles: [], expiresAt: 60_000 });
  });

  it.each(["{", "null", '{"token": 1}', '{"token":"t","name":"n","roles":"x","expiresAt":1}'])("is nobody's when storage holds %s", (text) => {
    jest.isolateModules(() => {
      sessionStorage.setItem("workshop.session", text);
      const fresh = jest.requireActual<typeof import("@/lib/session")>("@/lib/session");

      expect(fresh.currentSession()).toBeNull();
    });
  });

  it("survives a reload of the page", () => {
    const session = sessionOf(tokenOf({ sub: "ada" }), 60);
    rememberSession(session);

    jest.isolateModules(() => {
      expect(jest.requireActual<typeof import("@/lib/session")>("@/lib/session").currentSession()).toEqual(session);
    });
  });

  it("lasts as long as the page where storage is blocked", () => {
    jest.spyOn(Storage.prototype, "setItem").mockImplementation(() => { throw new DOMException("blocked"); });
    jest.spyOn(Storage.prototype, "removeItem").mockImplementation(() => { throw new DOMException("blocked"); });

    rememberSession(sessionOf("opaque", 60));
    expect(accessToken()).toBe("opaque");

    forgetSession();
    expect(accessToken()).toBeNull();
  });
});
