// What the console uses of Lit 3.3.3, for the type checker alone.
export interface TemplateResult { readonly _$litType$: number }
export const nothing: unique symbol;
export function html(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
export function svg(strings: TemplateStringsArray, ...values: unknown[]): TemplateResult;
export function repeat<T>(items: Iterable<T>, key: (item: T) => unknown, template: (item: T, index: number) => unknown): unknown;
export function live(value: unknown): unknown;
export class LitElement extends HTMLElement {
  static properties: Record<string, object>;
  readonly updateComplete: Promise<boolean>;
  readonly hasUpdated: boolean;
  requestUpdate(): void;
  connectedCallback(): void;
  disconnectedCallback(): void;
  protected createRenderRoot(): HTMLElement | DocumentFragment;
  protected render(): unknown;
  protected willUpdate(changed: Map<PropertyKey, unknown>): void;
  protected updated(changed: Map<PropertyKey, unknown>): void;
}
