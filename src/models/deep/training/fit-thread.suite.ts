import { parentPort } from 'node:worker_threads'
import { plantedFields, plantedRows } from '../../ranking/planted-rows.suite.ts'
import { deepFm } from '../deep-fm.ts'
import { deepTrainer } from './deep-trainer.ts'

/** What both threads learn. */
export const fitOfThread = async (): Promise<Uint8Array> => {
  const settings = { width: 4, hidden: [8], dropout: 0.2, batch: 64, epochs: 1 }
  const data = { fields: plantedFields, train: plantedRows(500, { seed: 1 }) }
  const model = await deepTrainer(deepFm, settings).fit(data, { seed: 1 })
  return model.save().weights
}

// Run as a thread of its own.
if (parentPort) parentPort.postMessage(await fitOfThread())
