import fc from 'fast-check'

// Properties are tried on the same examples in every run, so that a change goes red for what it did; `PATRON_TEST_SEED=<number>` tries others.
fc.configureGlobal({ seed: Number(process.env['PATRON_TEST_SEED'] ?? 20260101) })
