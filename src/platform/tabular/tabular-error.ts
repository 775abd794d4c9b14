/**
 * What is wrong with a file or a row, for programs: a code and the values that a translated sentence needs.
 * The English `message` of the error below says the same in one sentence, for the command line and for logs.
 */
export type Problem<Code extends string = string> = {
  readonly code: Code
  readonly values: Readonly<Record<string, string | number>>
}

/** Problems of one row: the row is kept in its batch, marked, and reading goes on. */
export type RowProblem = Problem<
  'tooFewFields' | 'tooManyFields' | 'textAfterQuote' | 'quoteNeverClosed' | 'fieldTooLong' | 'rowTooLong' | 'invalidEncoding' | 'nulByte'
>

/** Problems of a whole file: reading stops. */
export type FileProblemCode = keyof typeof sentences

/** A file that cannot be read (further); rows that were handed over before it was thrown are good. */
export class TabularError extends Error {
  readonly code: FileProblemCode
  readonly values: Readonly<Record<string, string | number>>

  constructor(code: FileProblemCode, values: Readonly<Record<string, string | number>> = {}) {
    super(fill(sentences[code], values))
    this.name = 'TabularError'
    this.code = code
    this.values = values
  }
}

/** One English sentence for a row's problem. */
export function rowProblemSentence(problem: RowProblem, line: number): string {
  return fill(rowSentences[problem.code], { line, ...problem.values })
}

const sentences = {
  emptyFile: 'The file is empty.',
  noHeader: 'The file has no header line.',
  damagedHeader: 'The header line cannot be read: {reason}',
  tooManyColumns: 'The file has {columns} columns; at most {limit} are read.',
  binaryFile: 'The file is not a table: it looks like {kind}.',
  truncatedArchive: 'The compressed file ends too early; it was probably not transferred completely.',
  damagedArchive: 'The compressed file is damaged: {detail}.',
  compressedTooMuch:
    'The file grows more than {limit} times when it is unpacked, as no honest table does; unpack it first or save it anew.',
  unpackedTooLarge: 'The workbook unpacks to more than {limit} MB; save it as CSV, which has no limit.',
  tooManyEntries: 'The workbook has {entries} parts; at most {limit} are read.',
  encryptedWorkbook: 'The workbook is protected by a password; save it without one.',
  legacyWorkbook: 'The file is an Excel workbook of the old kind (.xls); save it as .xlsx or CSV.',
  binaryWorkbook: 'The file is a binary Excel workbook (.xlsb); save it as .xlsx or CSV.',
  openDocument: 'The file is an OpenDocument table (.ods); save it as .xlsx or CSV.',
  notAWorkbook: 'The archive holds neither a workbook nor exactly one CSV file.',
  noSuchSheet: 'The workbook has no sheet named "{sheet}".',
  noSheets: 'The workbook has no sheet with cells.',
  damagedWorkbook: 'The workbook is damaged in {part}: {detail}.',
  sheetFull: 'A sheet holds at most {limit} rows; export as CSV, which has no limit.',
  sharedTextTooLarge: 'The texts of the workbook take more than {limit} MB; save it as CSV, which has no limit.',
} as const

const rowSentences: Readonly<Record<RowProblem['code'], string>> = {
  tooFewFields: 'Line {line} has {found} fields; {expected} are expected.',
  tooManyFields: 'Line {line} has {found} fields; {expected} are expected.',
  textAfterQuote: 'Line {line}: text follows the closing quotation mark in field {field}.',
  quoteNeverClosed: 'Line {line}: the quotation mark opened in field {field} is never closed.',
  fieldTooLong: 'Line {line}: field {field} is longer than {limit} bytes.',
  rowTooLong: 'Line {line} is longer than {limit} bytes.',
  invalidEncoding: 'Line {line} has characters that are not valid in the encoding {encoding}.',
  nulByte: 'Line {line} contains a NUL byte.',
}

function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
}
