import { Component, type ReactNode } from 'react';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/Empty.tsx';

type Props = { children: ReactNode };

/** Keeps a bug in one page from the others. */
export class ErrorBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Empty title="This page could not be shown">
        <p>Deliveries are still received and kept.</p>
        <Button onClick={() => this.setState({ failed: false })}>Show it again</Button>
      </Empty>
    );
  }
}
