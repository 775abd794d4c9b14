import type { CellProblem } from '../tabular/cells.ts'

/** One English sentence for a cell that cannot be read. */
export function cellSentence(problem: CellProblem): string {
  return sentences[problem.code].replace(/\{(\w+)\}/g, (_, name: string) => String(problem.values[name] ?? ''))
}

const sentences: Readonly<Record<CellProblem['code'], string>> = {
  empty: 'The cell is empty',
  notANumber: "'{text}' is not a number",
  percent: "'{text}' is a percentage, not an amount",
  groupingUnclear: "'{text}' cannot be read with the decimal sign '{separator}'",
  digitsShortened: "'{text}' was shortened by a spreadsheet; the missing digits are lost",
  tooManyDigits: "'{text}' has more than {limit} digits",
  notADate: "'{text}' is not a date",
  orderUnclear: "'{text}' may be day or month first; say which in the mapping",
  noSuchDay: "'{text}' is a day that does not exist",
  noSuchTime: "'{text}' is a time that does not exist",
  yearOutOfRange: "'{text}' lies outside the years {from} to {to}",
  notAFlag: "'{text}' is neither yes nor no",
  notAnEmail: "'{text}' is not an e-mail address",
  notAPhone: "'{text}' is not a telephone number",
}
