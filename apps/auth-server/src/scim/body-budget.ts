import { clipText, type DirectoryRequest } from '@gatehouse/core';

const minuteMs = 60_000;
/** Some thousand people a minute, and far less than a client could fill a disk with in the thirty days that requests are kept. */
const mostPerMinute = 4 * 1024 * 1024;

/** As much of an address as says what was asked for. */
const shortPath = 200;

/** How much of the log one directory may fill: beyond it requests are kept without their bodies, and with short addresses. */
export class BodyBudget {
  private minute = 0;
  private spent = new Map<string, number>();

  constructor(private readonly most = mostPerMinute) {}

  apply(request: DirectoryRequest): DirectoryRequest {
    const { body, ...rest } = request;
    const length = (body ?? '').length + Math.max(0, request.path.length - shortPath);
    if (length === 0 || this.affords(request.directoryId, length, request.at)) return request;
    return { ...rest, path: clipText(request.path, shortPath), bodyCut: true };
  }

  private affords(directory: string, length: number, at: Date): boolean {
    const minute = Math.floor(at.getTime() / minuteMs);
    if (minute !== this.minute) this.spent = new Map();
    this.minute = minute;
    const after = (this.spent.get(directory) ?? 0) + length;
    if (after > this.most) return false;
    this.spent.set(directory, after);
    return true;
  }
}
