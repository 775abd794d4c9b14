import type { Configuration } from './configuration.ts'
import type { Context } from './context.ts'
import type { Database } from './database/connection.ts'
import type { RunView } from './runs/run-kind.ts'

/** What a command line gets to work with. */
export interface CommandShell {
  readonly configuration: Configuration
  readonly database: Database
  readonly now: () => Date
  /** Whether programs read the output: then results are one JSON object on standard output and nothing else. */
  readonly json: boolean
  /** Prints a line for people; silent with `--json`. */
  say(line: string): void
  /** Prints the result for programs; silent without `--json`. */
  result(value: unknown): void
  /** Runs something in one transaction as the operator. */
  transaction<T>(work: (context: Context) => Promise<T>): Promise<T>
  /** Follows a run to its end with a progress bar, starting workers here when no product is running. Throws when it fails. */
  follow(runId: string): Promise<RunView>
}

export interface Command {
  /** The words after `./patron`, such as 'value run'. */
  readonly name: string
  readonly usage: string
  readonly summary: string
  run(shell: CommandShell, args: readonly string[]): Promise<void>
}
