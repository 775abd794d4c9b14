import { z } from 'zod'
import { endpoint, thingIn } from '#platform/contract.ts'
import { id } from './said.ts'

export const fileEndpoints = {
  addFile: endpoint('POST /case-files', {
    permission: 'cases.write',
    about: 'nobody',
    summary:
      'Takes in a file of at most 25 MB for a case that is being recorded, or for an act of one; without one it is gone after a week',
    kind: 'upload',
    input: z.object({ fileName: z.string().min(1).max(200), fileId: id }),
    result: z.object({ fileId: id, name: z.string(), bytes: z.int() }),
  }),
  file: endpoint('GET /cases/:caseId/files/:fileId', {
    permission: 'cases.read',
    about: thingIn('cases.case', 'caseId'),
    notes: 'result.customerId',
    summary: 'A file that goes with a case',
    kind: 'download',
    input: z.object({ caseId: id, fileId: id }),
    result: z.unknown(),
  }),
}
