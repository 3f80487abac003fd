import { takeRelease, watchReleases } from "@/lib/releases";

class Worker extends EventTarget {
  state = "installing";
  readonly postMessage = jest.fn();

  becomes(state: string) {
    this.state = state;
    this.dispatchEvent(new Event("statechange"));
  }
}

class Registration extends EventTarget {
  installing: Worker | null = null;
  waiting: Worker | null = null;
  readonly update = jest.fn(() => Promise.resolve());
}

function browser(registration: Registration | null, controlled: boolean) {
  const container = Object.assign(new EventTarget(), {
    controller: controlled ? {} : null,
    register: jest.fn(() => (registration ? Promise.resolve(registration) : Promise.reject(new Error("forbidden")))),
  });
  Object.defineProperty(navigator, "serviceWorker", { value: container, configurable: true });
  return container;
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

beforeEach(() => {
  Object.defineProperty(window, "requestIdleCallback", { value: (callback: () => void) => setTimeout(callback), configurable: true });
});

afterEach(() => {
  Reflect.deleteProperty(navigator, "serviceWorker");
});

describe("releases", () => {
  it("are announced when a newer one is installed beside the one in use", async () => {
    const [registration, worker, onWaiting] = [new Registration(), new Worker(), jest.fn()];
    browser(registration, true);
    const stop = watchReleases(onWaiting);
    await turn();

    registration.installing = worker;
    registration.dispatchEvent(new Event("updatefound"));
    expect(onWaiting).not.toHaveBeenCalled();
    worker.becomes("installed");
    stop();

    expect(onWaiting).toHaveBeenCalledWith(worker);
  });

  it("are announced when one was waiting already", async () => {
    const [registration, onWaiting] = [new Registration(), jest.fn()];
    registration.waiting = new Worker();
    browser(registration, true);

    const stop = watchReleases(onWaiting);
    await turn();
    stop();

    expect(onWaiting).toHaveBeenCalledWith(registration.waiting);
  });

  it("are not announced on the first visit", async () => {
    const [registration, worker, onWaiting] = [new Registration(), new Worker(), jest.fn()];
    registration.installing = worker;
    browser(registration, false);

    const stop = watchReleases(onWaiting);
    await turn();
    worker.becomes("installed");
    stop();

    expect(onWaiting).not.toHaveBeenCalled();
  });

  it("are looked for again while the page stays open", async () => {
    jest.useFakeTimers();
    const registration = new Registration();
    browser(registration, true);

    const stop = watchReleases(jest.fn());
    await jest.advanceTimersByTimeAsync(31 * 60 * 1000);
    stop();
    await jest.advanceTimersByTimeAsync(31 * 60 * 1000);
    jest.useRealTimers();

    expect(registration.update).toHaveBeenCalledTimes(2);
  });

  it("are left alone until the page is complete, also where the browser cannot say when it is idle", async () => {
    jest.useFakeTimers();
    Reflect.deleteProperty(window, "requestIdleCallback");
    jest.spyOn(document, "readyState", "get").mockReturnValue("loading");
    const container = browser(new Registration(), false);

    const stop = watchReleases(jest.fn());
    await jest.advanceTimersByTimeAsync(5_000);
    expect(container.register).not.toHaveBeenCalled();
    dispatchEvent(new Event("load"));
    await jest.advanceTimersByTimeAsync(1_500);
    stop();
    jest.useRealTimers();

    expect(container.register).toHaveBeenCalledWith("/sw.js", { updateViaCache: "none" });
  });

  it("are not asked for by a page that was left before it was complete", async () => {
    const container = browser(new Registration(), false);

    watchReleases(jest.fn())();
    await turn();

    expect(container.register).not.toHaveBeenCalled();
  });

  it("do not matter where service workers are forbidden or unknown", async () => {
    const onWaiting = jest.fn();
    const container = browser(null, true);
    const stop = watchReleases(onWaiting);
    await turn();
    stop();
    expect(container.register).toHaveBeenCalled();
    Reflect.deleteProperty(navigator, "serviceWorker");
    watchReleases(onWaiting)();

    expect(onWaiting).not.toHaveBeenCalled();
  });

  it("take over when asked, and then the page is shown anew", () => {
    const [container, worker, reload] = [browser(new Registration(), true), new Worker(), jest.fn()];

    takeRelease(worker as unknown as ServiceWorker, reload);
    expect(worker.postMessage).toHaveBeenCalledWith("take-over");
    expect(reload).not.toHaveBeenCalled();
    container.dispatchEvent(new Event("controllerchange"));

    expect(reload).toHaveBeenCalledTimes(1);
  });
});
