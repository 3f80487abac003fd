declare module "jest-axe" {
  export function axe(element: Element, options?: object): Promise<{ violations: { id: string }[] }>;
}
