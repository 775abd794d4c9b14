import { expect } from 'vitest'
import { bytesSource } from '../byte-source.ts'
import { inspectTable, type LayoutChoice, readTable } from '../read-table.ts'
import { TabularError } from '../tabular-error.ts'

type Outcome = {
  readonly good: number
  readonly bad?: Readonly<Record<number, string>>
  readonly first?: readonly string[]
  readonly warnings?: readonly string[]
}
export type Case = {
  readonly name: string
  readonly file: Buffer | (() => Promise<Buffer>)
  readonly choice?: LayoutChoice
  readonly gives: Outcome | { readonly refused: string }
}

/** Reads a file as the import does and compares what comes of it. */
export async function checkCase({ file, choice, gives }: Case): Promise<void> {
  const outcome = await outcomeOf(typeof file === 'function' ? await file() : file, choice)
  if ('refused' in gives) return expect(outcome).toMatchObject({ refused: gives.refused })
  const { bad, first, warnings } = gives
  expect(outcome).toMatchObject({ good: gives.good })
  if ('refused' in outcome) return
  if (!(bad && Object.keys(bad).length === 0)) expect(outcome.bad).toEqual(bad ?? {})
  else expect(Object.keys(outcome.bad).length).toBeGreaterThan(0)
  if (first) expect(outcome.first).toEqual(first)
  expect(outcome.warnings.filter((code) => code !== 'fewRowsFit')).toEqual(warnings ?? [])
}

export async function outcomeOf(
  file: Buffer,
  choice: LayoutChoice | undefined,
): Promise<{ good: number; bad: Record<number, string>; first: string[]; warnings: string[] } | { refused: string; message: string }> {
  const source = bytesSource(file)
  try {
    const { layout, warnings } = await inspectTable(source, choice)
    const outcome = {
      good: 0,
      bad: {} as Record<number, string>,
      first: [] as string[],
      warnings: [...new Set(warnings.map((warning) => warning.code))] as string[],
    }
    await readTable(source, layout, (batch) => {
      for (let r = 0; r < batch.count; r++) {
        const problem = batch.problem(r)
        if (problem) outcome.bad[batch.line(r)] = problem.code
        else {
          if (outcome.good === 0) outcome.first = Array.from({ length: batch.columns }, (_, column) => batch.text(r, column))
          outcome.good++
        }
      }
    })
    return outcome
  } catch (error) {
    if (!(error instanceof TabularError)) throw error
    expect(error.message).toMatch(/^[A-Z].*\.$|: /)
    expect(error.message).not.toContain('{')
    return { refused: error.code, message: error.message }
  }
}
