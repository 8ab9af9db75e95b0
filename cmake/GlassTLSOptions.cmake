# glasstls_options(<target>): how our own targets are compiled. Nothing of it reaches those who link
# to us, except what a sanitized library needs at link time.

option(GLASSTLS_WERROR "Treat warnings as errors" OFF)
option(GLASSTLS_COVERAGE "Count which lines and branches run (with GCC; see scripts/coverage)" OFF)
set(GLASSTLS_SANITIZE "" CACHE STRING "Sanitizers, as a list: address;undefined, or thread")
set(GLASSTLS_CLANG_TIDY "" CACHE STRING "clang-tidy program to check the library and the program with")

function(glasstls_options target)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_compile_options(${target} PRIVATE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow $<$<BOOL:${GLASSTLS_WERROR}>:-Werror>)

  # GCC 12 warns about std::string's own operator+ (GCC bug 105651), and about the comparison of
  # vectors of bytes, whose lengths it takes for negative.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(${target} PRIVATE -Wno-restrict -Wno-stringop-overread)
  endif()

  if(GLASSTLS_SANITIZE)
    list(JOIN GLASSTLS_SANITIZE "," sanitizers)
    target_compile_options(${target} PRIVATE
      -fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(${target} PUBLIC $<BUILD_INTERFACE:-fsanitize=${sanitizers}>)
  endif()

  # Counters that threads share: plain ones lose counts, and gcov then prints negative branches.
  if(GLASSTLS_COVERAGE)
    target_compile_options(${target} PRIVATE --coverage -fprofile-update=atomic)
    target_link_options(${target} PUBLIC $<BUILD_INTERFACE:--coverage>)
  endif()

  if(GLASSTLS_CLANG_TIDY)
    # The configuration's hash is part of the command, so that a changed configuration checks anew.
    file(SHA256 "${PROJECT_SOURCE_DIR}/.clang-tidy" configuration)
    set_property(DIRECTORY "${PROJECT_SOURCE_DIR}" APPEND
                 PROPERTY CMAKE_CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/.clang-tidy")
    set_target_properties(${target} PROPERTIES CXX_CLANG_TIDY
      "${PROJECT_SOURCE_DIR}/cmake/tidy_once.sh;${GLASSTLS_CLANG_TIDY};--quiet;--extra-arg=-DGLASSTLS_CLANG_TIDY=0x${configuration}")
  endif()
endfunction()
