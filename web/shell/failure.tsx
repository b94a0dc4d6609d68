/** What the page shows when it cannot show anything else: one sentence and a way on. */

import { Component, type ComponentChildren } from 'preact';

export function Failure({ error }: { error: unknown }) {
  return (
    <main class="failure">
      <h1>The lab stopped</h1>
      <p role="alert">{error instanceof Error ? error.message : String(error)}</p>
      <p>
        <button type="button" onClick={() => location.reload()}>
          Load the page again
        </button>{' '}
        <a href="./">Open the lab with its first preset</a>
      </p>
    </main>
  );
}

/** Shows the failure in place of the page when something outside the panels cannot be drawn: never nothing. */
export class Whole extends Component<{ children: ComponentChildren }, { error?: unknown }> {
  static override getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    return error === undefined ? this.props.children : <Failure error={error} />;
  }
}

/** Shows a sentence in place of a part that could not be drawn; the rest of the page goes on. */
export class Guarded extends Component<{ what: string; children: ComponentChildren }, { error?: unknown }> {
  static override getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const reason = error instanceof Error ? error.message : String(error);
    return (
      <section class="panel" role="alert">
        <p class="refusal">
          {this.props.what} could not be drawn: {reason}
        </p>
        <button type="button" onClick={() => this.setState({ error: undefined })}>
          Try again
        </button>
      </section>
    );
  }
}
