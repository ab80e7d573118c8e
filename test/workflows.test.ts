import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import * as z from 'zod/mini';
import { textOf, tracked } from './support/imports.ts';

const Texts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
const Step = z.object({
  name: z.optional(z.string()),
  uses: z.optional(z.string()),
  run: z.optional(z.string()),
  if: z.optional(z.string()),
  with: z.optional(Texts),
  env: z.optional(Texts),
});
const Job = z.object({
  permissions: z.record(z.string(), z.enum(['read', 'write'])),
  'timeout-minutes': z.number(),
  environment: z.optional(z.string()),
  needs: z.optional(z.string()),
  env: z.optional(Texts),
  steps: z.array(Step),
});
const Workflow = z.object({
  on: z.unknown(),
  permissions: z.unknown(),
  concurrency: z.object({ group: z.string(), 'cancel-in-progress': z.boolean() }),
  env: z.optional(Texts),
  jobs: z.record(z.string(), Job),
});

const Form = z.object({
  name: z.string(),
  description: z.string(),
  body: z.array(
    z.object({
      type: z.enum(['markdown', 'textarea', 'input', 'dropdown']),
      id: z.optional(z.string()),
      attributes: z.object({ label: z.optional(z.string()), value: z.optional(z.string()) }),
    }),
  ),
});

const yamlIn = (file: string): unknown => {
  const document = parseDocument(textOf(file));
  expect([...document.errors, ...document.warnings], file).toEqual([]);
  return document.toJS();
};
const workflowIn = (file: string) => Workflow.parse(yamlIn(file));

const files = tracked('.github/workflows');
const workflows = files.map((file) => ({ file, text: textOf(file), ...workflowIn(file) }));
const jobs = workflows.flatMap(({ file, jobs }) =>
  Object.entries(jobs).map(([name, job]) => ({ where: `${basename(file)} ${name}`, ...job })),
);
const steps = jobs.flatMap(({ where, steps, environment }) =>
  steps.map((step) => ({ where, environment, ...step })),
);
const release = workflowIn('.github/workflows/release.yml');

const pinned = /uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

describe('every workflow', () => {
  test('there are some to look at', () => {
    expect(files).toContain('.github/workflows/ci.yml');
    expect(steps.length).toBeGreaterThan(15);
  });

  test('names each action by its commit, with the version beside it', () => {
    const uses = workflows.flatMap(({ text }) =>
      text.split('\n').filter((line) => /uses:/.test(line)),
    );
    expect(uses.length).toBe(steps.filter(({ uses }) => uses !== undefined).length);
    expect(uses.filter((line) => !pinned.test(line))).toEqual([]);
  });

  test('names one commit of an action everywhere', () => {
    const commits = new Map<string, Set<string>>();
    for (const { uses } of steps) {
      const [action = '', commit] = uses?.split('@') ?? [];
      if (commit) commits.set(action, (commits.get(action) ?? new Set()).add(commit));
    }
    expect([...commits].filter(([, all]) => all.size > 1)).toEqual([]);
  });

  test('permits nothing, and each job what it needs', () => {
    expect(workflows.filter(({ permissions }) => JSON.stringify(permissions) !== '{}')).toEqual([]);
    const writing = jobs.filter(({ permissions }) => Object.values(permissions).includes('write'));
    expect(writing.map(({ where }) => where)).toEqual(['release.yml draft']);
  });

  test('ends a job that hangs within an hour', () => {
    expect(jobs.filter((job) => job['timeout-minutes'] > 60)).toEqual([]);
  });

  test('leaves no token behind after a checkout', () => {
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBe(jobs.length);
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  test('uses no cache that another workflow could have filled', () => {
    const nodes = steps.filter(({ uses }) => uses?.startsWith('actions/setup-node@'));
    expect(nodes.filter((step) => step.with?.['package-manager-cache'] !== false)).toEqual([]);
    expect(steps.filter((step) => step.with?.cache !== undefined)).toEqual([]);
  });

  test('starts for no event that hands a stranger its rights', () => {
    const risky = /pull_request_target|workflow_run|issue_comment|repository_dispatch/;
    expect(workflows.filter(({ on }) => risky.test(JSON.stringify(on)))).toEqual([]);
  });

  test('puts no expression into a script, where its value would be code', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });

  test('gives secrets to single steps of a job with an environment alone', () => {
    const around = [...workflows, ...jobs].map(({ env }) => JSON.stringify(env ?? {}));
    expect(around.filter((env) => env.includes('secrets.'))).toEqual([]);
    const holding = steps.filter((step) => JSON.stringify(step).includes('secrets.'));
    expect(holding.length).toBeGreaterThan(0);
    expect(holding.filter(({ environment }) => environment === undefined)).toEqual([]);
    // A step with secrets runs the packaging alone: no action of others, and not the scripts of packages.
    expect(
      holding.filter(({ uses, run }) => uses !== undefined || /npm ci/.test(run ?? '')),
    ).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('has scripts that a shell can read', () => {
    const unreadable = steps.flatMap(({ where, name, run }) => {
      if (run === undefined) return [];
      const { status, stderr } = spawnSync('bash', ['-n'], { input: run, encoding: 'utf8' });
      return status === 0 ? [] : [`${where}, ${name}: ${stderr}`];
    });
    expect(unreadable).toEqual([]);
  });
});

describe('a release', () => {
  const draft = release.jobs.draft;
  const scripts = (job: z.infer<typeof Job> | undefined) =>
    job?.steps.map(({ run }) => run ?? '').join('\n') ?? '';

  test('starts from a tag that equals the version in package.json', () => {
    expect(release.on).toEqual({ push: { tags: ['v*'] } });
    expect(scripts(release.jobs.test)).toContain('"$GITHUB_REF_NAME" != "v$version"');
  });

  test('passes every test before a package is made, and every package before a draft', () => {
    expect(scripts(release.jobs.test)).toContain('.ci/run');
    expect(release.jobs.package?.needs).toBe('test');
    expect(draft?.needs).toBe('package');
  });

  test('makes the packages of the release on three systems', () => {
    const packaging = release.jobs.package?.steps.filter(({ run }) =>
      /npm run package/.test(run ?? ''),
    );
    expect(packaging?.map((step) => step.if)).toEqual(
      ['Linux', 'macOS', 'Windows'].map((system) => `runner.os == '${system}'`),
    );
    expect(packaging?.filter(({ run }) => !run?.includes('npm run package -- --release'))).toEqual(
      [],
    );
  });

  test('says so where a package is not signed', () => {
    expect(
      scripts(release.jobs.package).match(/::warning::.*not (signed|notarized)/g),
    ).toHaveLength(3);
  });

  test('attests the files and what they contain, and publishes nothing by itself', () => {
    expect(draft?.permissions).toMatchObject({ 'id-token': 'write', attestations: 'write' });
    const attesting = draft?.steps.filter(({ uses }) => uses?.startsWith('actions/attest@'));
    expect(attesting?.map((step) => step.with?.['sbom-path'] !== undefined)).toEqual([false, true]);
    expect(scripts(draft)).toContain('SHA256SUMS');
    expect(scripts(draft)).toMatch(/gh release create .*--draft --verify-tag/);
    expect(scripts(draft)).not.toMatch(/npm (ci|install|run)/);
  });
});

test('every form for an issue asks each question under a label', () => {
  const forms = tracked('.github/ISSUE_TEMPLATE').filter((file) => !file.endsWith('/config.yml'));
  expect(forms.length).toBe(3);
  const fields = forms.flatMap((file) => Form.parse(yamlIn(file)).body);
  const questions = fields.filter(({ type }) => type !== 'markdown');
  expect(questions.filter(({ id, attributes }) => !id || !attributes.label)).toEqual([]);
});

test.each(['.github/dependabot.yml', '.github/ISSUE_TEMPLATE/config.yml'])(
  '%s can be read',
  (file) => {
    expect(yamlIn(file)).toBeTypeOf('object');
  },
);
