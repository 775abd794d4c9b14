import type { Context } from '#platform/context.ts'
import type { Cell } from '#platform/tabular/csv-writer.ts'
import type { RegulatorFigures, RegulatorReport } from '../domain/figures/regulator.ts'
import { type FileFormat, fileOf, type Language, type Manner, mannerOf } from './files-out.ts'

interface Wish {
  readonly from: string
  readonly to: string
  readonly format: FileFormat
  readonly language: Language | undefined
}

/** The counts of a supervisor as a table: one line for each product and category, then the sums. */
export async function regulatorTable(context: Context, report: RegulatorReport, { from, to, format, language }: Wish) {
  const how = await mannerOf(context, language)
  const rows = [
    headings(how),
    ...report.cells.map((cell) => line(how, cell.product, cell.category, cell)),
    line(how, how.word('regulator.all'), '', report.total),
  ]
  return fileOf(`complaints-${from}-${to}`, how.word('regulator.title'), format, rows)
}

const contestColumns = ['appeals', 'appealsDecided', 'appealsUpheld', 'referrals', 'referralsDecided', 'referralsOverturned'] as const

const headings = (how: Manner): readonly Cell[] => [
  how.word('field.product'),
  how.word('field.category'),
  how.word('regulator.outstandingBefore'),
  how.word('regulator.opened'),
  how.word('regulator.three-days'),
  how.word('regulator.eight-weeks'),
  how.word('regulator.later'),
  how.word('regulator.outstandingAfter'),
  how.word('regulator.upheld'),
  how.word('regulator.rejected'),
  how.word('regulator.unjudged'),
  `${how.word('regulator.redress')} (${how.currency})`,
  `${how.word('regulator.upheldRedress')} (${how.currency})`,
  ...contestColumns.map((column) => how.word(`regulator.${column}`)),
]

const line = (how: Manner, product: string, category: string, figures: RegulatorFigures): readonly Cell[] => [
  product,
  category === '' ? '' : how.word(`category.${category}`, category),
  figures.outstandingBefore,
  figures.opened,
  figures.closed['three-days'],
  figures.closed['eight-weeks'],
  figures.closed.later,
  figures.outstandingAfter,
  figures.upheld.part,
  figures.rejected.part,
  figures.unjudged,
  how.money(figures.redressMinor),
  how.money(figures.upheldRedressMinor),
  figures.contests.appeals,
  figures.contests.appealsDecided,
  figures.contests.appealsUpheld.part,
  figures.contests.referrals,
  figures.contests.referralsDecided,
  figures.contests.overturned.part,
]
