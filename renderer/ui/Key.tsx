import { keyFor, type TimelineCommand, type WindowCommand } from './key-table.ts';

export const Key = ({ of }: { of: TimelineCommand | WindowCommand }) => <kbd>{keyFor(of)}</kbd>;
