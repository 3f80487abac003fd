import { axe } from "jest-axe";

/** The kinds of accessibility violation in what is shown; colours are judged in a real browser. */
export async function violations(container: Element): Promise<readonly string[]> {
  const results = await axe(container, { rules: { "color-contrast": { enabled: false }, region: { enabled: false } } });
  return results.violations.map((violation: { id: string }) => violation.id);
}
