import type { Run } from '#ui/run-progress.tsx'

export interface Subject {
  readonly module: string
  /** A rehearsal changes nothing, so there is nothing to take back. */
  readonly dryRun: boolean
  readonly to?: string
  readonly detail?: string
}

/** Whose words name a run's phases, where it is looked at more closely, and what it is about in a word, such as the file. */
export function subjectOf(run: Run): Subject {
  if (run.kind === 'import') {
    const dryRun = textAt(run.input, 'dryRun') === true
    const file = textAt(textAt(run.input, 'file'), 'name')
    return { module: 'imports', dryRun, to: `/import?run=${run.undoOf ?? run.id}`, ...(typeof file === 'string' ? { detail: file } : {}) }
  }
  const [module = 'runs'] = run.kind.split('.')
  return { module, dryRun: false, ...(module === 'value' ? { to: '/value' } : {}) }
}

/** A run's input is of its kind's making: nothing about it is taken for granted. */
const textAt = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined
