import type { Context } from '../context.ts'
import type { FieldProblem } from '../refusal.ts'
import type { Language } from './language.ts'

/** What the shell tells the action of a page about whoever looks at it. */
export interface Visit {
  readonly language: Language
  /** The language stands in the address and is carried along in links, because nobody said that it should be remembered. */
  readonly isAsked: boolean
  /** The page stands inside of another site's. */
  readonly isFramed: boolean
  /** What a form that is shown on this page carries: it was shown here, and when. */
  readonly token: string
  /** What was typed into a form that could not be taken, by field; empty where a form is shown for the first time. */
  readonly typed: Readonly<Record<string, readonly string[]>>
  /** Why it could not be taken: the reason as a whole, and field by field. Null where nothing was refused. */
  readonly refused: Refused | null
  /** Files that came with it and need not be chosen again. */
  readonly kept: readonly KeptFile[]
  /** An address within the pages, with what is carried along. */
  to(path: string): string
}

export interface Refused {
  readonly reason: string
  readonly detail: string
  readonly values: Readonly<Record<string, string | number>>
  readonly fields: readonly FieldProblem[]
}

export interface KeptFile {
  readonly name: string
  /** What the form sends in place of the file. */
  readonly token: string
}

/** Of an action of a page: whoever looks at it. */
export function visitOf({ visit }: Context): Visit {
  if (!visit) throw new Error('Only the action of a page for customers has a visit')
  return visit
}
