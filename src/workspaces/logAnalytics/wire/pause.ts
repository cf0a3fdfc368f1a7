import type { CancellationToken } from '../../../common/cancellation';
import { HuntError } from '../../../common/errors';

/** Waits so long. @throws HuntError `cancelled` */
export type Pause = (milliseconds: number, token: CancellationToken) => Promise<void>;

/** By the clock of this machine. */
export function pause(milliseconds: number, token: CancellationToken): Promise<void> {
  return new Promise((resolve, reject) => {
    if (token.isCancellationRequested) {
      reject(new HuntError({ kind: 'cancelled' }));
      return;
    }
    const registration = token.onCancellationRequested(() => {
      clearTimeout(timer);
      reject(new HuntError({ kind: 'cancelled' }));
    });
    const timer = setTimeout(() => {
      registration.dispose();
      resolve();
    }, milliseconds);
  });
}
