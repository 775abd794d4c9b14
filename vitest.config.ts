import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The journeys take longer than any other file: begun last, they would go on alone when everything else is done. */
class JourneysFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => (moduleId.includes('/test/journeys/') ? 0 : 1)
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'seeds/**/*.test.ts', 'bench/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/repeatable.ts'],
    // Every file has a database of its own, and the product keeps nothing in its modules; loading them anew for each file took longer than the tests.
    isolate: false,
    sequence: { sequencer: JourneysFirst },
    // Journeys mostly wait for their browser and the rest for the database, so three files keep two processors busy.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    // Of machines that are slow or have more to do, and not of the product: nothing is measured by them.
    testTimeout: 600_000,
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 600_000,
  },
})
