import type { Answers } from '../../../shared/ipc.ts';
import { diagnosticsLines } from '../../diagnostics/diagnostics.ts';
import type { History } from '../../history/history.ts';
import type { Gaps } from '../../insight/gaps.ts';
import type { Mask } from '../../masking.ts';
import { providers } from '../../providers/index.ts';
import type { Listening } from '../../receiver/listening.ts';
import type { SettingsStore } from '../../setup/settings.ts';
import { writeProblem } from '../../setup/store-problems.ts';
import type { Vault } from '../../setup/vault.ts';
import type { Edges } from '../../world.ts';
import type { StateView } from '../app-state.ts';

export type DiagnosticsAnswerOptions = {
  readonly edges: Pick<Edges, 'now' | 'diagnostics' | 'saveLines'>;
  readonly view: Pick<StateView, 'state'>;
  readonly settings: Pick<SettingsStore, 'current'>;
  readonly vault: Pick<Vault, 'hasKeyring' | 'storesPlainly'>;
  readonly history: Pick<History, 'damages' | 'segments'>;
  readonly gaps: Pick<Gaps, 'list'>;
  readonly listening: () => Listening;
  /** Hides our own secrets and tokens, as they are now. */
  readonly masking: () => Mask;
};

/** The file for a bug report. It is made once the person has chosen a place for it. */
export const createDiagnosticsAnswers = (
  options: DiagnosticsAnswerOptions,
): Pick<Answers, 'saveDiagnostics'> => ({
  saveDiagnostics: async () => {
    const { edges } = options;
    try {
      const saved = await edges.saveLines(textLines(options), {
        title: 'Save diagnostics',
        name: 'hookbell-diagnostics',
        format: 'txt',
      });
      return { status: 'done', value: saved && { name: saved.name, folder: saved.folder } };
    } catch (error) {
      return { status: 'failed', problem: writeProblem(error) };
    }
  },
});

async function* textLines(options: DiagnosticsAnswerOptions): AsyncIterable<string> {
  const { edges, view, settings, vault, history, gaps, listening, masking } = options;
  const { system, identity, log } = edges.diagnostics;
  const { receiver, publicUrl } = settings.current;
  const receiving = listening();
  const lines = diagnosticsLines({
    madeAt: edges.now(),
    system: await system(),
    log: await log(),
    identity: identity(),
    mask: masking(),
    addresses: [...receiver.hosts, ...(publicUrl === null ? [] : [publicUrl])],
    providerNamed: (id) => providers.get(id)?.name ?? 'Unknown',
    app: {
      state: view.state(),
      port: receiving.status === 'listening' ? receiving.port : null,
      keyring: { isThere: vault.hasKeyring, storesPlainly: vault.storesPlainly },
      segments: history.segments,
      gaps: gaps.list(),
      damages: history.damages(),
    },
  });
  for (const line of lines) yield `${line}\n`;
}
