import {
  Activity,
  ArrowDownLeft,
  ArrowLeftRight,
  ArrowUpRight,
  Calculator,
  CircleHelp,
  CircleX,
  ImageIcon,
  Link2,
  Link2Off,
  type LucideIcon,
  Play,
  RefreshCw,
  RefreshCwOff,
  Shuffle,
  Unlink2,
} from 'lucide-react';
import { kinds, type RowKind } from '../../shared/kinds.ts';

export const kindIcons = {
  'sync.failed': RefreshCwOff,
  'sync.completed': RefreshCw,
  'connection.added': Link2,
  'connection.removed': Unlink2,
  'removal.failed': Link2Off,
  'nft.received': ArrowDownLeft,
  'nft.sent': ArrowUpRight,
  'nft.moved': ArrowLeftRight,
  'contract.activity': Activity,
  'nft.metadata': ImageIcon,
  'run.started': Play,
  'transfers.completed': Shuffle,
  'costbasis.completed': Calculator,
  'run.failed': CircleX,
  unrecognized: CircleHelp,
} satisfies Record<RowKind, LucideIcon>;

export const kindLabel = (kind: RowKind): string =>
  kind === 'unrecognized' ? 'Not understood' : kinds[kind].label;
