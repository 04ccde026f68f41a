/*! The JavaScript loader of Countersign. Apache-2.0 */
// Keeps errors, unhandled rejections and calls of Sentry in order until Sentry's SDK is loaded, and hands them to the SDK then.
(function (window, document, publicKey, sdkUrl, config, lazy, integrity) {
  'use strict';

  // The functions that a page may call before the SDK is there.
  var EARLY = (
    'init addBreadcrumb captureMessage captureException captureEvent configureScope withScope showReportDialog ' +
    'setUser setTag setTags setContext setExtra setExtras'
  ).split(' ');

  // A page whose errors repeat while the SDK cannot be reached must not fill the memory.
  var MAX_QUEUE = 500;

  // What waits for the SDK: {call, args}, {error} or {rejection}.
  var queue = [];
  var callbacks = [];
  var requested = false;
  var over = false;
  var sentry = (window.Sentry = window.Sentry || {});
  var tag = ownTag();

  if (isSdk(sentry)) {
    useLoadedSdk();
  } else if (!sentry.forceLoad && !client()) {
    window.SENTRY_SDK_SOURCE = 'loader';
    EARLY.forEach(function (name) {
      sentry[name] = function () {
        push({ call: name, args: arguments });
        if (name.indexOf('capture') === 0 || name === 'showReportDialog') {
          load();
        }
      };
    });
    sentry.onLoad = function (callback) {
      callbacks.push(callback);
    };
    sentry.forceLoad = function () {
      setTimeout(load);
    };
    listen('addEventListener');
    if (!lazy || (tag && tag.getAttribute('data-lazy') === 'no')) {
      setTimeout(load);
    }
  }

  // The page has loaded the SDK by itself. Unless the page also starts the SDK, the loader does.
  function useLoadedSdk() {
    var onLoad = sentry.onLoad;
    sentry = ownSdk();
    sentry.forceLoad = sentry.forceLoad || function () {};
    if (client()) {
      sentry.onLoad = onLoad || run;
      return;
    }
    sentry.onLoad = function (callback) {
      callbacks.push(callback);
    };
    listen('addEventListener');
    if (document.readyState === 'complete') {
      setTimeout(load);
    } else {
      window.addEventListener('load', load);
    }
  }

  function ownTag() {
    var tags = document.getElementsByTagName('script');
    for (var i = 0; i < tags.length; i++) {
      // A script of an SVG has no src.
      if ((tags[i].src || '').indexOf(publicKey) >= 0) {
        return tags[i];
      }
    }
    return null;
  }

  // Members of a module's namespace cannot be set.
  function ownSdk() {
    var copy = {};
    for (var name in window.Sentry) {
      copy[name] = window.Sentry[name];
    }
    return (window.Sentry = copy);
  }

  function isSdk(candidate) {
    return !!candidate && !!candidate.SDK_VERSION && typeof candidate.init === 'function';
  }

  // The client of an SDK that was started, also of one without window.Sentry: hub is of the majors 4 to 7.
  function client() {
    var carrier = window.__SENTRY__ || {};
    var holder = carrier.hub || (carrier[carrier.version] || {}).defaultCurrentScope;
    return holder && holder.getClient && holder.getClient();
  }

  function push(item) {
    if (!over && queue.length < MAX_QUEUE) {
      queue.push(item);
    }
  }

  function onError(event) {
    push({ error: event });
    load();
  }

  function onRejection(event) {
    push({ rejection: event });
    load();
  }

  function listen(method) {
    window[method]('error', onError);
    window[method]('unhandledrejection', onRejection);
  }

  function load() {
    if (requested) {
      return;
    }
    requested = true;
    if (isSdk(window.Sentry)) {
      ready();
    } else if (client()) {
      stop();
    } else {
      var script = document.createElement('script');
      var nonce = tag && (tag.nonce || tag.getAttribute('nonce'));
      try {
        script.src = trusted(sdkUrl);
      } catch (error) {
        stop();
        return;
      }
      script.crossOrigin = 'anonymous';
      if (integrity) {
        script.integrity = integrity;
      }
      if (nonce) {
        script.setAttribute('nonce', nonce);
      }
      script.addEventListener('load', ready);
      script.addEventListener('error', stop);
      (document.head || document.documentElement).appendChild(script);
    }
  }

  // A page that requires trusted types takes the URL of a script from a policy only: from its own default one, or from this one.
  function trusted(url) {
    var types = window.trustedTypes;
    if (!types || types.defaultPolicy) {
      return url;
    }
    try {
      return types
        .createPolicy('countersign-loader', {
          createScriptURL: function () {
            return url;
          }
        })
        .createScriptURL(url);
    } catch (error) {
      return url;
    }
  }

  function stop() {
    over = true;
    queue = [];
    listen('removeEventListener');
  }

  function ready() {
    var items = queue;
    var started = client();
    var replaying = false;
    stop();
    if (!isSdk(window.Sentry)) {
      return;
    }
    var sdk = ownSdk();
    sdk.onLoad = run;
    sdk.forceLoad = function () {};
    if (!started) {
      // The handlers of the page have seen the early errors, and the SDK calls them for each error that it is told of.
      ['onerror', 'onunhandledrejection'].forEach(function (name) {
        var handler = window[name];
        if (handler) {
          window[name] = function () {
            return replaying ? undefined : handler.apply(this, arguments);
          };
        }
      });
      var init = sdk.init;
      sdk.init = function (options) {
        return init.call(sdk, withDefaults(sdk, options));
      };
    }
    run(window.sentryOnLoad);
    callbacks.forEach(run);
    if (!started) {
      items.forEach(function (item) {
        if (item.call === 'init') {
          run(function () {
            sdk.init.apply(sdk, item.args);
          });
        }
      });
      if (!client()) {
        sdk.init();
      }
    }
    replaying = true;
    items.forEach(function (item) {
      if (item.call) {
        if (item.call !== 'init' && sdk[item.call]) {
          run(function () {
            sdk[item.call].apply(sdk, item.args);
          });
        }
      } else if (!started) {
        replay(item);
      }
    });
    replaying = false;
  }

  // The SDK listens by these two properties.
  function replay(item) {
    var error = item.error;
    if (error && window.onerror) {
      window.onerror(error.message, error.filename, error.lineno, error.colno, error.error);
    } else if (item.rejection && window.onunhandledrejection) {
      window.onunhandledrejection(item.rejection);
    }
  }

  // A callback or an early call that fails must not stop the others; its error arrives as any other of the page.
  function run(callback) {
    if (typeof callback === 'function') {
      try {
        callback();
      } catch (error) {
        setTimeout(function () {
          throw error;
        });
      }
    }
  }

  // The options of the key, then those of the page, and the integrations that the options ask for.
  function withDefaults(sdk, options) {
    var all = {};
    [config, options || {}].forEach(function (source) {
      for (var name in source) {
        all[name] = source[name];
      }
    });
    var given = all.integrations || [];
    if (Array.isArray(given)) {
      var integrations = given.slice();
      var add = function (wanted, name, create, Constructor) {
        var has = integrations.some(function (integration) {
          return integration.name === name;
        });
        if (wanted && !has && (create || Constructor)) {
          integrations.push(create ? create() : new Constructor());
        }
      };
      add(all.tracesSampleRate || all.tracesSampler, 'BrowserTracing', sdk.browserTracingIntegration, sdk.BrowserTracing);
      add(
        all.replaysSessionSampleRate || all.replaysOnErrorSampleRate,
        'Replay',
        sdk.replayIntegration,
        sdk.Replay
      );
      add(all.autoInjectFeedback, 'Feedback', sdk.feedbackIntegration, sdk.Feedback);
      all.integrations = integrations;
    }
    return all;
  }
})(window,document,__ARGUMENTS__);
