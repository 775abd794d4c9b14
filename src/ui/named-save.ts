/**
 * What is kept under a name that may be there already: whoever saves it while somebody else does sees field by field what differs, and chooses.
 *
 *   const named = useNamedSave(name, mine, stored, save.problem)
 *   {named.compared && <Compared compared={named.compared} decide={named.decide} label={…} shown={…} />}
 *   save.send({ name, version: stored?.version ?? 0, … named.values … }).then(named.reset)
 */
import { useState } from 'react'
import { isMeanwhile, type Problem } from './client.ts'
import type { Comparison } from './compared.tsx'

type Values = Readonly<Record<string, unknown>>

export interface NamedSave {
  /** What is to be saved: one's own, but for what was taken from the other. */
  readonly values: Values
  readonly compared: Comparison | null
  decide(name: string, take: boolean): void
  reset(): void
}

/** What was decided, and under which name: another one is compared anew. */
export interface Decisions {
  readonly name: string
  readonly values: Values
}

/** `name`: all that says where it is kept. `stored`: what lies there by now, null where there is nothing. */
export function useNamedSave(name: string, mine: Values, stored: Values | null, problem: Problem | null): NamedSave {
  const [decisions, setDecisions] = useState<Decisions>({ name, values: {} })
  const theirs = isMeanwhile(problem) ? stored : null
  return {
    ...namedSave(name, mine, theirs, decisions),
    decide: (field, take) =>
      setDecisions((before) => ({ name, values: { ...decidedFor(name, before), [field]: take ? theirs?.[field] : mine[field] } })),
    reset: () => setDecisions({ name, values: {} }),
  }
}

/** What is to be saved under a name, and what has still to be chosen. */
export function namedSave(name: string, mine: Values, theirs: Values | null, decisions: Decisions): Pick<NamedSave, 'values' | 'compared'> {
  const decided = decidedFor(name, decisions)
  const differing = theirs
    ? [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].filter(
        (field) => !(field in decided) && !same(mine[field], theirs[field]),
      )
    : []
  return {
    values: known({ ...mine, ...decided }),
    compared: theirs && { taken: [], disputed: Object.fromEntries(differing.map((field) => [field, theirs[field]])) },
  }
}

const decidedFor = (name: string, decisions: Decisions): Values => (decisions.name === name ? decisions.values : {})
const known = (values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
