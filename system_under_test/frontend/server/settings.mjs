// The environment, read once and judged as a whole: one message names everything that is wrong with it.

/**
 * @typedef {object} Settings
 * @property {number} port
 * @property {string} host
 * @property {number} drainSeconds how long stopping may take after SIGTERM
 * @property {number} announceSeconds how much of that the health check says so while requests are still accepted
 * @property {URL | null} backend where `/api/v1/*` is passed on to; without, the load balancer does it
 * @property {URL | null} assets another origin that delivers the hashed assets
 * @property {URL | null} publicUrl the address that people use; with https it makes the policy insist on TLS
 * @property {{ issuer: string | null, client: string, audience: string | null }} signIn
 * @property {string} revision the commit this was built from, where known
 * @property {string} directory the exported pages
 */

export class SettingsError extends Error {}

/**
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @param {string} directory
 * @returns {Settings}
 */
export function readSettings(environment, directory) {
  /** @type {string[]} */
  const faults = [];

  /** @param {string} name @param {number} otherwise @param {number} least @param {number} most */
  function whole(name, otherwise, least, most) {
    const text = environment[name] ?? "";
    const value = text === "" ? otherwise : Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    faults.push(`${name} is "${text}", expected a whole number from ${least} to ${most}`);
    return otherwise;
  }

  /** @param {string} name */
  function address(name) {
    const text = environment[name] ?? "";
    if (text === "") return null;
    const value = URL.canParse(text) ? new URL(text) : null;
    if (value !== null && /^https?:$/.test(value.protocol) && value.username === "" && value.password === "") return value;
    faults.push(`${name} is not an http or https address without credentials`);
    return null;
  }

  const drainSeconds = whole("DRAIN_SECONDS", 30, 0, 110);
  const settings = {
    port: whole("PORT", 3000, 0, 65535),
    host: environment.HOST || "0.0.0.0",
    drainSeconds,
    announceSeconds: whole("DRAIN_ANNOUNCE_SECONDS", Math.min(10, Math.floor(drainSeconds / 2)), 0, drainSeconds),
    backend: address("BACKEND_URL"),
    assets: address("ASSETS_URL"),
    publicUrl: address("PUBLIC_URL"),
    signIn: {
      issuer: address("OIDC_ISSUER")?.href.replace(/\/$/, "") ?? null,
      client: environment.OIDC_CLIENT_ID || "workshop-frontend",
      audience: environment.OIDC_AUDIENCE || null,
    },
    revision: environment.REVISION || "unknown",
    directory,
  };
  if (faults.length > 0) throw new SettingsError(`wrong settings: ${faults.join("; ")}`);
  return settings;
}
