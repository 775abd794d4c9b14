/** What becomes of a need: nobody has looked yet, something is planned, an offering answers it, it stays unanswered. */
export const needStates = ['open', 'planned', 'answered', 'declined'] as const
export type NeedState = (typeof needStates)[number]

/** The text by which two notes are the same need: without case, width, spaces at the ends and punctuation at the end. */
export const needKey = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\s.!?。！？…]+$/u, '')
    .trim()
