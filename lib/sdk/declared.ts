import type { SdkEvents } from "./events";
import type { MultimediaSDK } from "./multimedia-sdk";
import type * as Declared from "./package/multimedia-sdk.d.mts";
import type * as DeclaredReact from "./package/react.d.mts";
import type { PreJoin } from "./react/pre-join";
import type { VideoRoom } from "./react/video-room";

/* What applications are told of the SDK is written by hand, so that it stands alone; this says that it is true. */

type IsTrue<Fact extends true> = Fact;
type Holds<Real, Said> = Real extends Said ? true : false;

export type Proof = [
  IsTrue<Holds<MultimediaSDK, Declared.MultimediaSDK>>,
  IsTrue<Holds<SdkEvents, Declared.SdkEvents>>,
  IsTrue<Holds<keyof Declared.SdkEvents, keyof SdkEvents>>,
  IsTrue<Holds<keyof SdkEvents, keyof Declared.SdkEvents>>,
  IsTrue<Holds<Parameters<typeof VideoRoom>[0], Parameters<typeof DeclaredReact.VideoRoom>[0]>>,
  IsTrue<Holds<Parameters<typeof PreJoin>[0], Parameters<typeof DeclaredReact.PreJoin>[0]>>,
];
