import pino from 'pino'

/** Structured log lines on standard error, one JSON object each; standard output belongs to commands. Values that identify a person or open a door are cut out. */
export const createLog = (level: string) =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['password', 'token', '*.password', '*.token', 'email', '*.email', 'cookie', 'authorization', '*.cookie', '*.authorization'],
        censor: '…',
      },
    },
    pino.destination({ dest: 2, sync: true }),
  )
export type Log = ReturnType<typeof createLog>
