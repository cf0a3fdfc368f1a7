import { parentPort, workerData } from 'node:worker_threads';
import { serve } from './common/rpc';
import { templateHandlers } from './templates/templateHandlers';
import { channelToStarter } from './templates/workerChannel';

/** The template worker: a thread that reads, downloads and makes notebooks, so that the extension host does not wait for it. */
if (parentPort) serve(channelToStarter(parentPort), templateHandlers(String(workerData)));
